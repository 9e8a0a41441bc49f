package io.commandcenter.akm.vault;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.MasterKey;
import io.commandcenter.akm.core.crypto.Secret;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the master key comes from, in order: the credential that systemd hands over; the file that
 * AKM_MASTER_KEY_FILE or the configuration names, by default {@code akm/master.key} of the user's
 * configuration folder; AKM_MASTER_KEY; or, instead of all these, a passphrase. Two sources that
 * disagree are refused, and so is anything that is not kept as it must be: each with SEALED and a
 * sentence for people.
 */
final class MasterKeySource {
  private static final Logger log = LoggerFactory.getLogger(MasterKeySource.class);
  private static final String VARIABLE = "AKM_MASTER_KEY";
  private static final String FILE_VARIABLE = "AKM_MASTER_KEY_FILE";
  private static final String PASSPHRASE = "AKM_MASTER_PASSPHRASE";
  private static final String PASSPHRASE_FILE = "AKM_MASTER_PASSPHRASE_FILE";
  private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";
  private static final String CREDENTIAL = "akm-master-key";
  private static final int MIN_PASSPHRASE = 12;
  private static final int MAX_PASSPHRASE = 1024;

  private final Environment environment;
  private final Path configured;
  private final boolean shared;
  private final Path dataDir;
  private final String owner;

  private record Given(String name, MasterSecret secret) {}

  /**
   * @param configured null for the default
   * @param shared whether the file may be a link and readable by others, as a mounted secret is
   * @param owner the user this process runs as
   */
  MasterKeySource(
      Map<String, String> environment,
      Path configured,
      boolean shared,
      Path dataDir,
      String owner) {
    this.environment = new Environment(environment);
    this.configured = configured;
    this.shared = shared;
    this.dataDir = dataDir.toAbsolutePath().normalize();
    this.owner = owner;
  }

  static MasterKeySource of(Map<String, String> environment, ServerConfig config) {
    return new MasterKeySource(
        environment,
        config.masterKeyFile(),
        config.masterKeyShared(),
        config.dataDir(),
        MasterKeyFile.processOwner());
  }

  /** What the sources hold, or empty if there is none; blocks. */
  Optional<MasterSecret> find() {
    var given = new ArrayList<Given>();
    credential()
        .filter(MasterKeyFile::exists)
        .ifPresent(file -> given.add(new Given(file.name(), random(file.read()))));
    file()
        .filter(MasterKeyFile::exists)
        .ifPresent(file -> given.add(new Given(file.name(), random(file.read()))));
    environment
        .text(VARIABLE)
        .map(MasterKeySource::parse)
        .ifPresent(key -> given.add(warned(VARIABLE, random(key))));
    passphraseFile()
        .map(file -> new Given(file.name(), new MasterSecret.Passphrase(file.passphrase())))
        .ifPresent(given::add);
    environment
        .text(PASSPHRASE)
        .map(MasterKeySource::passphrase)
        .ifPresent(secret -> given.add(warned(PASSPHRASE, secret)));
    return agreed(given);
  }

  private static MasterSecret random(MasterKey key) {
    return new MasterSecret.Random(key);
  }

  private static Given warned(String variable, MasterSecret secret) {
    log.warn("{} is readable in the process's environment; prefer a file", variable);
    return new Given(variable, secret);
  }

  private static Optional<MasterSecret> agreed(List<Given> given) {
    if (given.isEmpty()) {
      return Optional.empty();
    }
    var first = given.get(0);
    for (var other : given.subList(1, given.size())) {
      if (first.secret().getClass() != other.secret().getClass()) {
        throw sealed(
            first.name()
                + " holds a key and "
                + other.name()
                + " a passphrase; a vault has one or the other, remove one");
      }
      if (!first.secret().sameAs(other.secret())) {
        throw sealed(
            first.name() + " and " + other.name() + " hold different keys; remove one of them");
      }
      other.secret().close();
    }
    return Optional.of(first.secret());
  }

  /** What is there, without a look at it: credential, file, variable, passphrase. */
  List<String> kinds() {
    var kinds = new ArrayList<String>();
    credential().filter(MasterKeyFile::exists).ifPresent(file -> kinds.add("credential"));
    file().filter(MasterKeyFile::exists).ifPresent(file -> kinds.add("file"));
    environment.text(VARIABLE).ifPresent(key -> kinds.add("variable"));
    environment
        .text(PASSPHRASE_FILE)
        .or(() -> environment.text(PASSPHRASE))
        .ifPresent(text -> kinds.add("passphrase"));
    return kinds;
  }

  /** The key file, if it is the only source and may be replaced by this process. */
  Optional<MasterKeyFile> replaceable() {
    return shared || !kinds().equals(List.of("file")) ? Optional.empty() : file();
  }

  /** A file that a person named for a new master key. */
  MasterKeyFile named(Path path) {
    return inItsPlace(new MasterKeyFile("the new key's file", path, owner, FileRule.PRIVATE));
  }

  /** A new key in the file, which is the answer; for the very first start only. */
  MasterKeyFile create(SecureRandom random) {
    var file =
        file()
            .orElseThrow(() -> sealed("there is no place for a master key; set " + FILE_VARIABLE));
    try (var key = MasterKey.random(random)) {
      file.create(key);
    }
    log.info("a new master key is in {}; keep a copy of it apart from the data", file.path());
    return file;
  }

  /** What a start without a key says. */
  Failure missing() {
    var place = file().map(file -> " and the file " + file.path() + " does not exist").orElse("");
    return sealed(
        "the master key is missing: "
            + VARIABLE
            + " is not set"
            + place
            + "; start with the key this data was made with");
  }

  private Optional<MasterKeyFile> credential() {
    return environment
        .text(CREDENTIALS)
        .map(folder -> Path.of(folder, CREDENTIAL))
        .map(path -> new MasterKeyFile("the credential", path, owner, FileRule.CREDENTIAL))
        .map(this::inItsPlace);
  }

  /** The master key file, whether it is there or not; empty if there is no place for one. */
  Optional<MasterKeyFile> file() {
    var rule = shared ? FileRule.SHARED : FileRule.PRIVATE;
    return environment
        .text(FILE_VARIABLE)
        .map(Path::of)
        .or(() -> Optional.ofNullable(configured))
        .or(this::usual)
        .map(path -> new MasterKeyFile("the master key file", path, owner, rule))
        .map(this::inItsPlace);
  }

  private Optional<MasterKeyFile> passphraseFile() {
    return environment
        .text(PASSPHRASE_FILE)
        .map(Path::of)
        .map(path -> new MasterKeyFile("the passphrase file", path, owner, FileRule.PRIVATE))
        .map(this::inItsPlace);
  }

  private MasterKeyFile inItsPlace(MasterKeyFile file) {
    if (file.path().startsWith(dataDir)) {
      throw sealed(
          "the master key file must not lie in the data directory, where a backup would take it"
              + " along; move it");
    }
    return file;
  }

  private Optional<Path> usual() {
    return environment
        .text("XDG_CONFIG_HOME")
        .map(Path::of)
        .or(() -> environment.text("HOME").map(home -> Path.of(home, ".config")))
        .map(folder -> folder.resolve("akm").resolve("master.key"));
  }

  private static MasterKey parse(String text) {
    try {
      return MasterKey.parse(text);
    } catch (IllegalArgumentException malformed) {
      throw sealed(VARIABLE + " does not hold a key: " + malformed.getMessage());
    }
  }

  private static MasterSecret passphrase(String text) {
    if (text.length() < MIN_PASSPHRASE || text.length() > MAX_PASSPHRASE) {
      throw sealed(PASSPHRASE + " must hold a passphrase of 12 to 1024 characters");
    }
    return new MasterSecret.Passphrase(Secret.of(text));
  }

  private static Failure sealed(String reason) {
    return new Failure(Code.SEALED, reason);
  }
}

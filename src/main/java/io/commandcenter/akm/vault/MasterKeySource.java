package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.MasterKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the master key comes from: AKM_MASTER_KEY, and the file that AKM_MASTER_KEY_FILE or the
 * configuration names, by default {@code akm/master.key} of the user's configuration folder. It
 * fails with SEALED and a sentence for people.
 */
final class MasterKeySource {
  private static final Logger log = LoggerFactory.getLogger(MasterKeySource.class);
  private static final String VARIABLE = "AKM_MASTER_KEY";
  private static final String FILE_VARIABLE = "AKM_MASTER_KEY_FILE";

  private final Environment environment;
  private final Path configured;
  private final Path dataDir;
  private final String owner;

  /**
   * @param configured null for the default
   * @param owner the user who must own the file
   */
  MasterKeySource(Map<String, String> environment, Path configured, Path dataDir, String owner) {
    this.environment = new Environment(environment);
    this.configured = configured;
    this.dataDir = dataDir.toAbsolutePath().normalize();
    this.owner = owner;
  }

  /** The key, or empty if there is none; two that differ are refused. */
  Optional<MasterKey> find() {
    var fromVariable = environment.text(VARIABLE).map(MasterKeySource::parse);
    var fromFile = file().filter(MasterKeyFile::exists).map(MasterKeyFile::read);
    if (fromVariable.isPresent()
        && fromFile.isPresent()
        && !fromVariable.get().sameAs(fromFile.get())) {
      throw sealed(
          VARIABLE + " and the file " + file().get().path() + " hold different keys; remove one");
    }
    fromVariable.ifPresent(
        key -> log.warn("{} is readable in the process's environment; prefer a file", VARIABLE));
    return fromVariable.or(() -> fromFile);
  }

  /** A new key in the file; for the very first start only. */
  MasterKey create(SecureRandom random) {
    var file =
        file()
            .orElseThrow(() -> sealed("there is no place for a master key; set " + FILE_VARIABLE));
    var key = MasterKey.random(random);
    file.create(key);
    log.info("a new master key is in {}; keep a copy of it apart from the data", file.path());
    return key;
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

  private Optional<MasterKeyFile> file() {
    var file =
        environment
            .text(FILE_VARIABLE)
            .map(Path::of)
            .or(() -> Optional.ofNullable(configured))
            .or(this::usual)
            .map(path -> new MasterKeyFile(path, owner));
    if (file.filter(found -> found.path().startsWith(dataDir)).isPresent()) {
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

  private static Failure sealed(String reason) {
    return new Failure(Code.SEALED, reason);
  }
}

package io.commandcenter.akm.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.core.crypto.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every source of the master key, wrong in every way: the vault stays sealed with a sentence, and
 * not a byte of the data changes.
 *
 * <p>Seen failing with links followed, with permissions unchecked, with the comparison of two
 * sources left out, and with a passphrase taken beside a key.
 */
class SourceMatrixTest {
  private static final String OTHER_KEY = "ab".repeat(32);
  private static final String PASSPHRASE = "correct horse battery staple";

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private String key;
  private Path database;

  /** A vault whose key is in no source yet. */
  @BeforeEach
  void make() throws IOException {
    try (var room = RekeyRoom.open(folder)) {
      room.fill(1, "key_");
      key = Files.readString(room.keyFile).strip();
      Files.delete(room.keyFile);
    }
    database = folder.resolve("data/akm.db");
  }

  private String hash() throws IOException {
    var bytes = new String(Files.readAllBytes(database), StandardCharsets.ISO_8859_1);
    var log = Path.of(database + "-wal");
    return HexFormat.of().formatHex(Sha256.of(bytes)) + (Files.exists(log) ? Files.size(log) : 0);
  }

  private Seal unseal(boolean shared, String owner) {
    try (var room = RekeyRoom.open(folder, environment)) {
      var source = new MasterKeySource(environment, null, shared, folder.resolve("data"), owner);
      return Vaults.await(
          Unsealing.open(
              room.vertx,
              room.database,
              RekeyRoom.NODE,
              source,
              new MovingClock(),
              RekeyRoom.RANDOM));
    }
  }

  /**
   * The columns: source (credential, file, variable, passphrase-file, passphrase), what it holds
   * (right, other, nonsense, short, empty, long, none), mode, kind (plain, link, folder), a second
   * source and what it holds, who owns the file, what the reason says.
   */
  @ParameterizedTest
  @CsvSource({
    "credential,      right,    rw-rw----, plain,  -,               me,    used by others",
    "credential,      right,    rw-r--r--, plain,  -,               me,    used by others",
    "credential,      right,    rwx------, plain,  -,               me,    used by others",
    "credential,      right,    r--------, link,   -,               me,    is a link",
    "credential,      right,    r--------, folder, -,               me,    no plain file",
    "credential,      other,    r--------, plain,  -,               me,    not the one",
    "credential,      nonsense, r--------, plain,  -,               me,    does not hold a key",
    "credential,      empty,    r--------, plain,  -,               me,    does not hold a key",
    "credential,      long,     r--------, plain,  -,               me,    too large",
    "file,            right,    rw-r-----, plain,  -,               me,    chmod 600",
    "file,            right,    rw----r--, plain,  -,               me,    chmod 600",
    "file,            right,    rw--w----, plain,  -,               me,    chmod 600",
    "file,            right,    rw-----w-, plain,  -,               me,    chmod 600",
    "file,            right,    rwx------, plain,  -,               me,    chmod 600",
    "file,            right,    rw-rw-rw-, plain,  -,               me,    chmod 600",
    "file,            right,    rw-------, link,   -,               me,    is a link",
    "file,            right,    rw-------, folder, -,               me,    no plain file",
    "file,            right,    rw-------, plain,  -,               other, chown",
    "file,            other,    rw-------, plain,  -,               me,    not the one",
    "file,            nonsense, rw-------, plain,  -,               me,    does not hold a key",
    "file,            short,    rw-------, plain,  -,               me,    does not hold a key",
    "file,            empty,    rw-------, plain,  -,               me,    does not hold a key",
    "file,            long,     rw-------, plain,  -,               me,    too large",
    "file,            none,     rw-------, plain,  -,               me,    is missing",
    "variable,        other,    -,         -,      -,               me,    not the one",
    "variable,        nonsense, -,         -,      -,               me,    does not hold a key",
    "variable,        short,    -,         -,      -,               me,    does not hold a key",
    "file,            right,    rw-------, plain,  variable,        me,    different keys",
    "credential,      right,    r--------, plain,  variable,        me,    different keys",
    "credential,      right,    r--------, plain,  file,            me,    different keys",
    "file,            right,    rw-------, plain,  passphrase,      me,    one or the other",
    "variable,        right,    -,         -,      passphrase-file, me,    one or the other",
    "credential,      right,    r--------, plain,  passphrase,      me,    one or the other",
    "passphrase-file, right,    rw-r-----, plain,  -,               me,    chmod 600",
    "passphrase-file, right,    rw-------, link,   -,               me,    is a link",
    "passphrase-file, right,    rw-------, plain,  -,               me,    not the one",
    "passphrase-file, short,    rw-------, plain,  -,               me,    less than 12",
    "passphrase-file, none,     rw-------, plain,  -,               me,    cannot be read",
    "passphrase,      right,    -,         -,      -,               me,    not the one",
    "passphrase,      short,    -,         -,      -,               me,    12 to 1024"
  })
  void staysSealedAndWritesNothing(
      String source,
      String holds,
      String mode,
      String kind,
      String second,
      String owner,
      String reason)
      throws IOException {
    give(source, text(source, holds), mode, kind);
    if (!second.equals("-")) {
      give(second, text(second, "other"), "rw-------", "plain");
    }
    var before = hash();

    var me = owner.equals("me") ? MasterKeyFile.processOwner() : "someone-else";
    var said = assertInstanceOf(Seal.Sealed.class, unseal(false, me)).reason();

    assertTrue(said.contains(reason), said);
    assertFalse(said.contains("nonsense"), said);
    assertEquals(before, hash());
    assertFalse(Files.exists(folder.resolve("home/.config/akm/master.key")));
  }

  private String text(String source, String holds) {
    var right = source.startsWith("passphrase") ? PASSPHRASE : key;
    return switch (holds) {
      case "right" -> right;
      case "other" -> source.startsWith("passphrase") ? PASSPHRASE + "!" : OTHER_KEY;
      case "nonsense" -> "nonsense that is no key";
      case "short" -> right.substring(0, 8);
      case "long" -> "A".repeat(2000);
      case "empty" -> "";
      default -> null;
    };
  }

  private void give(String source, String text, String mode, String kind) throws IOException {
    environment.put("HOME", folder.resolve("home").toString());
    switch (source) {
      case "variable" -> environment.put("AKM_MASTER_KEY", text);
      case "passphrase" -> environment.put("AKM_MASTER_PASSPHRASE", text);
      case "passphrase-file" ->
          environment.put("AKM_MASTER_PASSPHRASE_FILE", file("phrase", text, mode, kind));
      case "file" -> environment.put("AKM_MASTER_KEY_FILE", file("key", text, mode, kind));
      default -> {
        var path = Path.of(file("creds/akm-master-key", text, mode, kind));
        environment.put("CREDENTIALS_DIRECTORY", path.getParent().toString());
      }
    }
  }

  private String file(String name, String text, String mode, String kind) throws IOException {
    var file = folder.resolve("sources").resolve(name);
    Files.createDirectories(file.getParent());
    if (text == null) {
      return file.toString();
    }
    if (kind.equals("folder")) {
      Files.createDirectory(file);
    } else if (kind.equals("link")) {
      var target = Files.writeString(Path.of(file + ".target"), text);
      Files.setPosixFilePermissions(target, PosixFilePermissions.fromString(mode));
      Files.createSymbolicLink(file, target);
      return file.toString();
    } else {
      Files.writeString(file, text);
    }
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "credential, r--------, plain, false",
    "credential, r--r-----, plain, false",
    "file,       rw-------, plain, false",
    "file,       r--------, plain, false",
    "file,       rw-r--r--, plain, true",
    "file,       rw-r--r--, link,  true",
    "variable,   -,         -,     false"
  })
  void opensWithASourceThatIsKeptAsItMustBe(String source, String mode, String kind, boolean shared)
      throws IOException {
    give(source, key, mode, kind);

    assertInstanceOf(Seal.Open.class, unseal(shared, MasterKeyFile.processOwner()));
  }

  @ParameterizedTest
  @CsvSource({"rw-rw-r--", "rw-r--rw-"})
  void refusesASharedFileThatOthersMayWrite(String mode) throws IOException {
    give("file", key, mode, "plain");

    assertInstanceOf(Seal.Sealed.class, unseal(true, MasterKeyFile.processOwner()));
  }

  @Test
  void opensWithSourcesThatAgree() throws IOException {
    give("credential", key, "r--------", "plain");
    give("file", key, "rw-------", "plain");
    give("variable", key, "-", "-");

    assertInstanceOf(Seal.Open.class, unseal(false, MasterKeyFile.processOwner()));
  }
}

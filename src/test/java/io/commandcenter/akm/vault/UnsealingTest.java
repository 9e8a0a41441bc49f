package io.commandcenter.akm.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.MasterKey;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.store.Database;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seen failing: permissions unchecked, two sources compared by nothing, canary left out. */
class UnsealingTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Secret PROBE = Secret.of("probe");

  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private Vertx vertx;
  private Database database;
  private Path keyFile;

  @BeforeEach
  void open() throws IOException {
    vertx = Vertx.vertx();
    Files.createDirectories(folder.resolve("data"));
    database = Vaults.await(Database.open(vertx, folder.resolve("data/akm.db")));
    environment.put("HOME", folder.toString());
    keyFile = folder.resolve(".config/akm/master.key");
  }

  @AfterEach
  void close() {
    Vaults.await(database.close());
    Vaults.await(vertx.close());
  }

  private Seal unseal() {
    return Vaults.await(
        Unsealing.open(vertx, database, environment, config(null), new MovingClock(), RANDOM));
  }

  private ServerConfig config(Path masterKeyFile) {
    return new ServerConfig(
        "127.0.0.1",
        0,
        null,
        false,
        List.of(),
        List.of(),
        Set.of(),
        folder.resolve("data"),
        masterKeyFile,
        false,
        null,
        null,
        null,
        new ServerConfig.Audit("main", null),
        null,
        null,
        null,
        null,
        null);
  }

  private static String fingerprint(Seal seal) {
    return assertInstanceOf(Seal.Open.class, seal).keyring().fingerprint(PROBE);
  }

  private static String reason(Seal seal) {
    return assertInstanceOf(Seal.Sealed.class, seal).reason();
  }

  private Object sql(String query) {
    return Vaults.await(database.read(query, Tuple.tuple())).iterator().next().getValue(0);
  }

  private void write(String sql) {
    Vaults.await(database.write(c -> c.preparedQuery(sql).execute(Tuple.tuple())));
  }

  @Test
  void makesAKeyFileForTheFirstStartThatOnlyItsOwnerCanRead() throws IOException {
    fingerprint(unseal());

    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile.getParent())));
    assertTrue(Files.readString(keyFile).matches("[A-Za-z0-9+/]{43}=\\n"));
    assertEquals("vault.create", sql("select action from audit"));
  }

  /** Seen failing with the first row appended by a store without a chain. */
  @Test
  void chainsTheVeryFirstRowWithTheNewKeyring() {
    var open = assertInstanceOf(Seal.Open.class, unseal());

    assertEquals(1, ((Number) sql("select n from audit")).intValue());
    assertEquals("main", sql("select node from audit"));
    assertEquals(open.vaultId(), sql("select subject from audit"));
  }

  @Test
  void makesNoVaultWhoseMakingCannotBeAudited() {
    write("create trigger full before insert on audit begin select raise(abort, 'full'); end");
    assertThrows(Failure.class, this::unseal);
    assertEquals(0, ((Number) sql("select count(*) from vault")).intValue());
    assertEquals(0, ((Number) sql("select count(*) from keyring")).intValue());
    write("drop trigger full");

    fingerprint(unseal());
  }

  @Test
  void opensTheSameKeyringAgain() {
    assertEquals(fingerprint(unseal()), fingerprint(unseal()));
  }

  @Test
  void prefersTheConfigurationFolderOfTheDesktop() {
    environment.put("XDG_CONFIG_HOME", folder.resolve("xdg").toString());
    unseal();

    assertTrue(Files.exists(folder.resolve("xdg/akm/master.key")));
    assertFalse(Files.exists(keyFile));
  }

  @Test
  void takesTheKeyFromTheVariable() {
    environment.put("AKM_MASTER_KEY", "ab".repeat(32));

    assertEquals(fingerprint(unseal()), fingerprint(unseal()));
    assertFalse(Files.exists(keyFile));
  }

  @Test
  void takesTheFileOfTheConfigurationUnlessTheVariableNamesAnother() {
    var configured = folder.resolve("configured.key");
    var named = folder.resolve("named.key");
    var source =
        new MasterKeySource(
            Map.of("AKM_MASTER_KEY_FILE", named.toString()),
            configured,
            false,
            folder.resolve("data"),
            MasterKeyFile.processOwner());
    source.create(RANDOM);
    new MasterKeySource(
            Map.of(), configured, false, folder.resolve("data"), MasterKeyFile.processOwner())
        .create(RANDOM);

    assertTrue(Files.exists(named));
    assertTrue(Files.exists(configured));
  }

  @Test
  void acceptsTwoSourcesThatAgree() throws IOException {
    unseal();
    environment.put("AKM_MASTER_KEY", Files.readString(keyFile).strip());

    fingerprint(unseal());
  }

  @Test
  void staysSealedWhenTwoSourcesDiffer() {
    unseal();
    environment.put("AKM_MASTER_KEY", "ab".repeat(32));

    assertTrue(reason(unseal()).contains("different keys"));
  }

  @Test
  void staysSealedWithoutTheKeyAndMakesNoNewOne() throws IOException {
    unseal();
    Files.delete(keyFile);

    assertTrue(reason(unseal()).contains("missing"));
    assertFalse(Files.exists(keyFile));
    assertEquals(1L, ((Number) sql("select count(*) from audit")).longValue());
  }

  @Test
  void staysSealedWithAnotherKeyAndKeepsTheRow() throws IOException {
    unseal();
    var before = sql("select hex(wrapped) from keyring");
    Files.writeString(keyFile, MasterKey.random(RANDOM).encoded());

    assertTrue(reason(unseal()).contains("not the one"));
    assertEquals(before, sql("select hex(wrapped) from keyring"));
  }

  @Test
  void staysSealedWhenTheKeyringIsDamaged() {
    unseal();
    write("update keyring set wrapped = zeroblob(200)");

    assertTrue(reason(unseal()).contains("damaged"));
  }

  @Test
  void staysSealedWhenTheKeyringIsGoneThoughThereIsData() {
    unseal();
    write("delete from keyring");

    assertTrue(reason(unseal()).contains("lost its keyring"));
    assertEquals(0L, ((Number) sql("select count(*) from keyring")).longValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rw-r-----",
        "rw----r--",
        "rw--w----",
        "rw-----w-",
        "rw---x---",
        "rwx------",
        "rw-rw-rw-"
      })
  void staysSealedWhenOthersMayTouchTheFileAndSaysHowToMendIt(String mode) throws IOException {
    unseal();
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString(mode));

    assertTrue(reason(unseal()).contains("chmod 600 " + keyFile));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--------"})
  void opensWhenOnlyTheOwnerMayTouchTheFile(String mode) throws IOException {
    unseal();
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString(mode));

    fingerprint(unseal());
  }

  @Test
  void refusesAFileOfAnotherUser() {
    unseal();
    var refusal =
        assertThrows(Failure.class, () -> new MasterKeyFile(keyFile, "someone-else").read());

    assertEquals(Code.SEALED, refusal.code());
    assertTrue(refusal.detail().contains("chown someone-else"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "AAAA"})
  void staysSealedOnAMalformedFileWithoutRepeatingIt(String text) throws IOException {
    unseal();
    Files.writeString(keyFile, text, US_ASCII);

    var reason = reason(unseal());
    assertTrue(reason.contains("does not hold a key"), reason);
    assertFalse(reason.contains("nonsense"));
  }

  @Test
  void staysSealedOnAnOversizedFileAndOnAFolder() throws IOException {
    unseal();
    Files.writeString(keyFile, "A".repeat(2000));
    assertTrue(reason(unseal()).contains("too large"));

    Files.delete(keyFile);
    Files.createDirectory(keyFile);
    Files.setPosixFilePermissions(keyFile, PosixFilePermissions.fromString("rw-------"));
    assertTrue(reason(unseal()).contains("master.key"));
  }

  @Test
  void staysSealedOnAMalformedVariableWithoutRepeatingIt() {
    environment.put("AKM_MASTER_KEY", "nonsense");

    var reason = reason(unseal());
    assertTrue(reason.contains("AKM_MASTER_KEY does not hold a key"));
    assertFalse(reason.contains("nonsense"));
    assertEquals(0L, ((Number) sql("select count(*) from vault")).longValue());
  }

  @Test
  void refusesAKeyFileInTheDataDirectory() {
    environment.put("AKM_MASTER_KEY_FILE", folder.resolve("data/x/../master.key").toString());

    assertTrue(reason(unseal()).contains("data directory"));
    assertFalse(Files.exists(folder.resolve("data/master.key")));
  }

  @Test
  void staysSealedWhenThereIsNoPlaceForAKey() {
    environment.clear();

    assertTrue(reason(unseal()).contains("set AKM_MASTER_KEY_FILE"));
  }

  @Test
  void neverWritesOverAFile() throws IOException {
    Files.writeString(folder.resolve("there"), "before");
    var file = new MasterKeyFile(folder.resolve("there"), MasterKeyFile.processOwner());

    assertThrows(Failure.class, () -> file.create(MasterKey.random(RANDOM)));
    assertEquals("before", Files.readString(folder.resolve("there")));
  }

  @Test
  void saysWhenTheFileCannotBeMade() throws IOException {
    Files.writeString(folder.resolve("plain"), "a file, not a folder");
    var file = new MasterKeyFile(folder.resolve("plain/key"), MasterKeyFile.processOwner());

    assertThrows(Failure.class, () -> file.create(MasterKey.random(RANDOM)));
  }
}

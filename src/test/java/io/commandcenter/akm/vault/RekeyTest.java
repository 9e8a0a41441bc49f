package io.commandcenter.akm.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.SealCalls.RekeyProgress;
import io.commandcenter.akm.core.crypto.MasterKey;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.DataKeyStore;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The two rekeys, step by step, on a data directory of their own. */
class RekeyTest {
  private static final String PASSPHRASE = "correct horse battery staple";

  @TempDir Path folder;
  private RekeyRoom room;

  @BeforeEach
  void open() {
    room = RekeyRoom.open(folder);
    room.fill(10, "key_");
  }

  @AfterEach
  void close() {
    room.close();
  }

  private Seal.Open vault() {
    return assertInstanceOf(Seal.Open.class, room.unseal());
  }

  private RekeyProgress desk(Function<SealDesk, Future<RekeyProgress>> work) {
    return desk(Map.of("AKM_MASTER_KEY_FILE", room.keyFile.toString()), work);
  }

  private RekeyProgress desk(
      Map<String, String> environment, Function<SealDesk, Future<RekeyProgress>> work) {
    var seal =
        Vaults.await(
            Unsealing.open(
                room.vertx,
                room.database,
                RekeyRoom.NODE,
                room.source(environment),
                new MovingClock(),
                RekeyRoom.RANDOM));
    return Vaults.await(
        work.apply(
            SealDesk.offline(
                room.vertx,
                room.database,
                seal,
                environment,
                room.config(),
                new MovingClock(),
                RekeyRoom.RANDOM)));
  }

  private Failure refused(Function<SealDesk, Future<RekeyProgress>> work) {
    return assertThrows(Failure.class, () -> desk(work));
  }

  private void everythingOpens() {
    var vault = vault();
    assertEquals(List.of(), room.unreadable(vault.keyring(), vault.vaultId()));
  }

  private String audited() {
    return (String)
        room.sql(
            "select group_concat(detail, '|') from (select detail from audit"
                + " where action = 'vault.rekey' order by seq)");
  }

  @Test
  void exchangesTheMasterKeyAndKeepsTheOldOneUntilTheConfirm() throws IOException {
    var before = Files.readString(room.keyFile);

    var progress = desk(desk -> desk.rekeyMaster("tok_1"));

    assertEquals("confirm-due", progress.state());
    assertFalse(Files.readString(room.keyFile).equals(before));
    assertEquals(before, Files.readString(Path.of(room.keyFile + ".old")));
    assertFalse(Files.exists(Path.of(room.keyFile + ".next")));
    for (var file : List.of(room.keyFile, Path.of(room.keyFile + ".old"))) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
    assertEquals(2, room.generations().size());
    assertEquals(2, room.openedByFiles().size());
    everythingOpens();

    assertEquals("none", desk(desk -> desk.confirm("tok_1")).state());
    assertEquals(1, room.generations().size());
    assertEquals(2, room.generations().get(0).generation());
    assertFalse(Files.exists(Path.of(room.keyFile + ".old")));
    everythingOpens();
    assertEquals(
        "state=written generation=2 reason=master|state=activated generation=2 reason=master"
            + "|state=confirmed generation=1 reason=master",
        audited());
  }

  @Test
  void opensWithTheOldKeyUntilTheConfirmAndNeverAfter() throws IOException {
    var before = Files.readString(room.keyFile);
    desk(desk -> desk.rekeyMaster("tok_1"));
    var after = Files.readString(room.keyFile);

    Files.writeString(room.keyFile, before);
    everythingOpens();
    Files.writeString(room.keyFile, after);
    desk(desk -> desk.confirm("tok_1"));
    Files.writeString(room.keyFile, before);
    assertInstanceOf(Seal.Sealed.class, room.unseal());
  }

  /** Seen failing with the check left out: the old key was gone while the server was given it. */
  @Test
  void confirmsNothingWhileTheServerIsStillGivenTheOldKey() throws IOException {
    var before = Files.readString(room.keyFile);
    desk(desk -> desk.rekeyMaster("tok_1"));
    Files.writeString(room.keyFile, before);

    var refused = refused(desk -> desk.confirm("tok_1"));

    assertEquals(Code.CONFLICT, refused.code());
    assertTrue(refused.detail().contains("still given the old"), refused.detail());
    assertEquals(2, room.generations().size());
  }

  @Test
  void confirmsOnlyWhatWaits() {
    assertEquals(Code.CONFLICT, refused(desk -> desk.confirm("tok_1")).code());
  }

  @Test
  void beginsNoSecondRekeyOfTheMasterKeyBeforeTheConfirm() throws IOException {
    desk(desk -> desk.rekeyMaster("tok_1"));
    var once = Files.readString(room.keyFile);

    assertEquals("confirm-due", desk(desk -> desk.rekeyMaster("tok_1")).state());
    assertEquals(once, Files.readString(room.keyFile));
    assertEquals(2, room.generations().get(0).generation());
  }

  @Test
  void leavesAnotherKeyInTheOldFilesPlaceAlone() throws IOException {
    var old = Path.of(room.keyFile + ".old");
    Files.writeString(old, MasterKey.random(RekeyRoom.RANDOM).encoded());
    Files.setPosixFilePermissions(old, PosixFilePermissions.fromString("rw-------"));

    assertTrue(refused(desk -> desk.rekeyMaster("tok_1")).detail().contains("another master key"));
    assertEquals(1, room.generations().size());
  }

  @Test
  void takesAKeyThatAPersonKeepsAndWaitsUntilTheServerIsGivenIt() throws IOException {
    var given = newFile("new.key", MasterKey.random(RekeyRoom.RANDOM).encoded());
    var old = Files.readString(room.keyFile).strip();

    var variable = Map.of("AKM_MASTER_KEY", old);
    assertTrue(
        assertThrows(Failure.class, () -> desk(variable, desk -> desk.rekeyMaster("tok_1")))
            .detail()
            .contains("--new-key-file"));
    desk(variable, desk -> desk.rekeyMaster("tok_1", given, false));
    assertThrows(Failure.class, () -> desk(variable, desk -> desk.confirm("tok_1")));

    var exchanged = Map.of("AKM_MASTER_KEY", Files.readString(given).strip());
    assertEquals("none", desk(exchanged, desk -> desk.confirm("tok_1")).state());
    assertThrows(Failure.class, () -> desk(variable, desk -> desk.progress()));
    assertEquals("none", desk(exchanged, desk -> desk.progress()).state());
  }

  @Test
  void refusesTheKeyThatIsInUseAndAFileThatOthersMayRead() throws IOException {
    var same = newFile("same.key", Files.readString(room.keyFile));
    assertTrue(refused(desk -> desk.rekeyMaster("t", same, false)).detail().contains("in use"));

    var open = newFile("open.key", MasterKey.random(RekeyRoom.RANDOM).encoded());
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
    assertTrue(refused(desk -> desk.rekeyMaster("t", open, false)).detail().contains("chmod 600"));
    assertEquals(1, room.generations().size());
  }

  @Test
  void goesFromAKeyToAPassphraseAndBack() throws IOException {
    var phrase = newFile("phrase", PASSPHRASE + "\n");
    var old = Map.of("AKM_MASTER_KEY_FILE", room.keyFile.toString());
    desk(old, desk -> desk.rekeyMaster("t", phrase, true));
    var byPhrase = Map.of("AKM_MASTER_PASSPHRASE_FILE", phrase.toString());
    assertEquals("none", desk(byPhrase, desk -> desk.confirm("t")).state());
    assertThrows(Failure.class, () -> desk(old, desk -> desk.progress()));

    var key = newFile("new.key", MasterKey.random(RekeyRoom.RANDOM).encoded());
    desk(byPhrase, desk -> desk.rekeyMaster("t", key, false));
    var byKey = Map.of("AKM_MASTER_KEY_FILE", key.toString());
    assertEquals("none", desk(byKey, desk -> desk.confirm("t")).state());
    assertEquals("none", desk(byKey, desk -> desk.rekeyDataToTheEnd("t")).state());
  }

  private Path newFile(String name, String text) throws IOException {
    var file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  @Test
  void sealsEverythingWithANewDataKeyAndDropsTheOldOne() {
    var before = vault().keyring();

    var progress = desk(desk -> desk.rekeyDataToTheEnd("tok_1"));

    assertEquals(new RekeyProgress("none", "none", 11, 11, null), progress);
    var after = vault().keyring();
    assertEquals(1, after.dataKeyIds().size());
    assertFalse(after.dataKeyIds().equals(before.dataKeyIds()));
    assertEquals(10, room.unreadable(before, vault().vaultId()).size());
    everythingOpens();
    assertTrue(audited().contains("state=key-dropped"), audited());
  }

  /** Seen failing with the keyring changed while two generations hold it. */
  @Test
  void isRefusedWhileANewMasterKeyWaitsForItsConfirm() {
    desk(desk -> desk.rekeyMaster("tok_1"));

    var progress =
        desk(
            desk ->
                desk.rekeyDataToTheEnd("tok_1")
                    .otherwise(
                        cause -> {
                          assertEquals(Code.CONFLICT, ((Failure) cause).code());
                          return null;
                        }));

    assertEquals(null, progress);
    assertEquals(1, vault().keyring().dataKeyIds().size());
  }

  /**
   * A row that was damaged keeps its data key, and the others move on. Seen failing with the key
   * dropped without a look at what needs it.
   */
  @Test
  void dropsNoKeyThatATextStillNeeds() {
    room.write("update key_version set ciphertext = zeroblob(60) where key_id = 'key_3'");

    var progress = desk(desk -> desk.rekeyDataToTheEnd("tok_1"));

    assertEquals("blocked", progress.state());
    assertEquals(10, progress.done());
    assertTrue(progress.detail().startsWith("1 sealed texts do not open"), progress.detail());
    assertEquals(2, vault().keyring().dataKeyIds().size());
    room.write("update key_version set ciphertext = null where key_id = 'key_3'");
    assertEquals("none", desk(desk -> desk.rekeyDataToTheEnd("tok_1")).state());
    assertEquals(1, vault().keyring().dataKeyIds().size());
  }

  /**
   * Sealed before a rekey ended, stored after it. Seen failing with the count that ignores dropped
   * keys: the row was stored, and nothing opens it.
   */
  @Test
  void storesNothingThatADroppedDataKeySealed() {
    var before = vault();
    desk(desk -> desk.rekeyDataToTheEnd("tok_1"));

    var refused = assertThrows(Failure.class, () -> room.add("late", before));

    assertEquals(Code.UNAVAILABLE, refused.code());
    everythingOpens();
  }

  @Test
  void countsEveryEncryption() {
    var id = vault().keyring().primaryId();
    var store = new DataKeyStore(room.database, new AuditStore(room.database));

    assertEquals(11, Vaults.await(store.encryptions(id)));
    desk(desk -> desk.rekeyDataToTheEnd("tok_1"));
    assertEquals(11, Vaults.await(store.encryptions(vault().keyring().primaryId())));
  }
}

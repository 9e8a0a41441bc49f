package io.commandcenter.akm.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.BackupCalls;
import io.commandcenter.akm.contract.BackupCalls.BackupFile;
import io.commandcenter.akm.contract.BackupCalls.EndBackup;
import io.commandcenter.akm.contract.BackupCalls.MakeBackup;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  @TempDir Path folder;
  private Path data;
  private Vaults vault;

  @BeforeEach
  void open() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
    vault = Vaults.stored(data, folder.resolve("master.key"));
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private BackupFile make() {
    return vault.ask(BackupCalls.MAKE, new MakeBackup(Vaults.BY));
  }

  private void end(BackupFile made) {
    assertTrue(vault.ask(BackupCalls.END, new EndBackup(made.backupId())).removed());
  }

  private List<String> temporaries() throws IOException {
    try (var files = Files.list(data)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(DataDirectory.temporary("")))
          .toList();
    }
  }

  @Test
  void saysWhatIsInIt() throws IOException {
    vault.add("main", Vaults.KEY);
    vault.add("spare", Vaults.NEXT);
    var made = make();
    try (var archive = BackupArchive.open(Path.of(made.path()))) {
      var manifest = archive.manifest();
      assertEquals(2, manifest.rows().get("provider_key"));
      assertEquals(2, manifest.rows().get("key_version"));
      assertEquals(vault.sql("select id from vault"), manifest.vaultId());
      assertEquals(1, manifest.generation());
      assertEquals("main", manifest.node());
      assertEquals(vault.clock.instant(), manifest.madeAt());
      assertTrue(archive.whole());
      assertTrue(archive.signed().signedBy(((Seal.Open) vault.seal).keyring()::mac));
    }
    assertEquals(made.bytes(), Files.size(Path.of(made.path())));
    end(made);
  }

  @Test
  void onlyItsOwnerCanReadIt() throws IOException {
    var made = make();
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(made.path()))));
    end(made);
  }

  @Test
  void leavesNothingBehind() throws IOException {
    var made = make();
    assertEquals(List.of(Path.of(made.path()).getFileName().toString()), temporaries());
    end(made);
    assertEquals(List.of(), temporaries());
    assertFalse(vault.ask(BackupCalls.END, new EndBackup(made.backupId())).removed());
  }

  /** Seen failing without the question whether one runs. */
  @Test
  void oneIsMadeAtATime() {
    var made = make();
    vault.refused(Code.CONFLICT, BackupCalls.MAKE, new MakeBackup(Vaults.BY));
    end(made);
    end(make());
  }

  @Test
  void isAudited() {
    end(make());
    var row = vault.audit().get(0);
    assertEquals("vault.backup", row.action());
    assertEquals(Vaults.BY, row.principal());
    assertEquals(vault.sql("select id from vault"), row.subject());
    assertTrue(row.detail().matches("generation=1 sha256=[0-9a-f]{64} count=0"), row.detail());
  }

  /** Seen failing with a row that could not be written passed over. */
  @Test
  void isNotGivenOutWithoutItsAuditRow() throws IOException {
    vault.sqlWrite(
        "create trigger full before insert on audit begin select raise(abort, 'x'); end");
    vault.refused(Code.UNAVAILABLE, BackupCalls.MAKE, new MakeBackup(Vaults.BY));
    assertEquals(List.of(), temporaries());
    vault.sqlWrite("drop trigger full");
    end(make());
  }

  @Test
  void aKeyIsNotTakenForAName() {
    vault.refused(Code.KEY_IN_ARGUMENT, BackupCalls.MAKE, new MakeBackup(Vaults.KEY));
  }

  /** Seen failing without the removal at the start. */
  @Test
  void whatACrashHasLeftIsRemovedAtTheNextStart() throws IOException {
    Files.writeString(data.resolve(DataDirectory.temporary("backup_1.zip")), "half of a backup");
    Vaults.await(DataDirectory.open(data).close());
    assertEquals(List.of(), temporaries());
  }
}

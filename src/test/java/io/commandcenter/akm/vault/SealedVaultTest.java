package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.AuditCalls.ListAudit;
import io.commandcenter.akm.contract.BackupCalls;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.DecoyCalls;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.AskEntry;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.ShowEntry;
import io.commandcenter.akm.contract.EntryCalls.SubmitEntry;
import io.commandcenter.akm.contract.EntryCalls.UnlockEntry;
import io.commandcenter.akm.contract.KeyCalls;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.LeaseCalls.ReportRejection;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.contract.NoticeCalls;
import io.commandcenter.akm.contract.PanicCalls;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RotationCalls.ChangeRotation;
import io.commandcenter.akm.contract.RotationCalls.FindRotation;
import io.commandcenter.akm.contract.RotationCalls.ListRotations;
import io.commandcenter.akm.contract.RotationCalls.MintRotation;
import io.commandcenter.akm.contract.RotationCalls.RotateFromEnvironment;
import io.commandcenter.akm.contract.RotationCalls.RotateKey;
import io.commandcenter.akm.contract.SealCalls;
import io.commandcenter.akm.contract.ShareCalls;
import io.commandcenter.akm.contract.ShareCalls.ShareKey;
import io.commandcenter.akm.contract.ShareCalls.UnwrapKey;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.AddFromEnvironment;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.FindKey;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.commandcenter.akm.contract.VaultCalls.SealKey;
import io.commandcenter.akm.core.crypto.Secret;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedVaultTest {
  private static final Secret KEY = Secret.of(Vaults.KEY);
  private static final Map<Call<?, ?>, Record> ASKS =
      Map.ofEntries(
          Map.entry(AuditCalls.EXPORT, new AuditCalls.ExportAudit("csv", null, null, BY)),
          Map.entry(AuditCalls.VERIFY, new AuditCalls.VerifyAudit(null, BY)),
          Map.entry(
              KeyCalls.UPDATE,
              new KeyCalls.UpdateKey("key_1", "other", null, null, null, null, null, null, BY)),
          Map.entry(
              KeyCalls.COOL, new KeyCalls.CoolKey("key_1", 1, Instant.EPOCH, "rate-limit", BY)),
          Map.entry(KeyCalls.VALIDATE_ALL, new KeyCalls.ValidateAll(null, BY)),
          Map.entry(
              PanicCalls.FREEZE, new PanicCalls.FreezeKeys("key_1", null, null, null, null, BY)),
          Map.entry(PanicCalls.THAW, new PanicCalls.ThawKeys("key_1", null, null, BY)),
          Map.entry(PanicCalls.FREEZES, new PanicCalls.ShowFreezes()),
          Map.entry(PanicCalls.LEASES, new PanicCalls.ListLeases(List.of("key_1"), null, 1, null)),
          Map.entry(DecoyCalls.ADD, new DecoyCalls.AddDecoy("openai", "wiki", BY)),
          Map.entry(DecoyCalls.PRESENTED, new DecoyCalls.PresentedToken("token", "127.0.0.1")),
          Map.entry(NoticeCalls.LIST, new NoticeCalls.ListNotices(1, null)),
          Map.entry(NoticeCalls.TEST, new NoticeCalls.TestNotice(BY)),
          Map.entry(VaultCalls.LIST, new ListKeys(null)),
          Map.entry(VaultCalls.FIND, new FindKey("key_1")),
          Map.entry(VaultCalls.SEAL, new SealKey("anthropic", "main", KEY, 1, null, BY)),
          Map.entry(
              VaultCalls.ADD_FROM_ENVIRONMENT,
              new AddFromEnvironment("anthropic", "main", "SPARE_KEY", 1, null, BY)),
          Map.entry(EntryCalls.BEGIN_ENTRY, new BeginEntry("add", "anthropic", "main", BY)),
          Map.entry(EntryCalls.SHOW_ENTRY, new ShowEntry("token", null)),
          Map.entry(EntryCalls.UNLOCK_ENTRY, new UnlockEntry("token", "123-456", "browser")),
          Map.entry(EntryCalls.SUBMIT_ENTRY, new SubmitEntry("token", "browser", KEY, false)),
          Map.entry(EntryCalls.STATUS, new AskEntry("entry_1", BY, false)),
          Map.entry(ShareCalls.SHARE, new ShareKey("key_1", null, null, BY)),
          Map.entry(ShareCalls.UNWRAP, new UnwrapKey(KEY, BY)),
          Map.entry(
              RotationCalls.ROTATE, new RotateKey("anthropic", "main", KEY, null, null, null, BY)),
          Map.entry(
              RotationCalls.ROTATE_FROM_ENVIRONMENT,
              new RotateFromEnvironment("anthropic", "main", "SPARE_KEY", null, null, null, BY)),
          Map.entry(VaultCalls.DISABLE, new ChangeKey("key_1", BY)),
          Map.entry(VaultCalls.ENABLE, new ChangeKey("key_1", BY)),
          Map.entry(VaultCalls.DELETE, new ChangeKey("key_1", BY)),
          Map.entry(VaultCalls.VALIDATE, new ChangeKey("key_1", BY)),
          Map.entry(LeaseCalls.LEASE, new TakeLease("key_1", "req_1", null, BY)),
          Map.entry(LeaseCalls.REPORT_REJECTION, new ReportRejection("key_1", 1, "no-credit", BY)),
          Map.entry(RotationCalls.STATUS, new FindRotation("rot_1", null)),
          Map.entry(RotationCalls.LIST, new ListRotations(null, null)),
          Map.entry(RotationCalls.CANCEL, new ChangeRotation("rot_1", BY)),
          Map.entry(RotationCalls.MINT, new MintRotation("key_1", null, BY)),
          Map.entry(RotationCalls.ADVANCE, new ChangeRotation("rot_1", BY)),
          Map.entry(AuditCalls.LIST, new ListAudit(1, null)),
          Map.entry(SealCalls.REKEY_MASTER, new SealCalls.Rekey(BY)),
          Map.entry(SealCalls.CONFIRM, new SealCalls.Rekey(BY)),
          Map.entry(SealCalls.REKEY_DATA, new SealCalls.Rekey(BY)),
          Map.entry(SealCalls.PROGRESS, new SealCalls.ShowRekey()),
          Map.entry(BackupCalls.MAKE, new BackupCalls.MakeBackup(BY)),
          Map.entry(BackupCalls.END, new BackupCalls.EndBackup("backup_1")));

  @TempDir Path folder;

  @Test
  void answersEveryCallWithTheReasonAndWritesNothing() {
    try (var vault = Vaults.sealed(folder)) {
      VaultVerticle.SERVED.forEach(call -> refuses(vault, call));
      assertEquals(0, ((Number) vault.sql("select count(*) from audit")).intValue());
      assertEquals(0, ((Number) vault.sql("select count(*) from vault")).intValue());
    }
  }

  private static <Q extends Record, A extends Record> void refuses(Vaults vault, Call<Q, A> call) {
    var failure = vault.refused(Code.SEALED, call, call.request().cast(ASKS.get(call)));
    assertEquals("the master key is missing; bring it", failure.detail(), call.address());
  }

  @Test
  void saysThatItIsSealedAndWhy() {
    try (var vault = Vaults.sealed(folder)) {
      var status = vault.ask(SealCalls.STATUS, new SealCalls.ShowSeal());

      assertTrue(status.sealed());
      assertEquals("the master key is missing; bring it", status.reason());
      assertNull(status.dataKeyId());
    }
  }

  @Test
  void isNotReady() {
    try (var vault = Vaults.sealed(folder)) {
      assertFalse(vault.ask(ReadyCalls.VAULT, new ReadyCalls.AskReady()).ready());
    }
  }

  @Test
  void isReadyWhenOpen() {
    try (var vault = Vaults.open(folder)) {
      assertEquals("open", vault.ask(ReadyCalls.VAULT, new ReadyCalls.AskReady()).detail());
    }
  }
}

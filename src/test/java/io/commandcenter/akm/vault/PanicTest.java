package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;
import static io.commandcenter.akm.vault.Vaults.KEY;
import static io.commandcenter.akm.vault.Vaults.NEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.contract.PanicCalls;
import io.commandcenter.akm.contract.PanicCalls.FreezeKeys;
import io.commandcenter.akm.contract.PanicCalls.Frozen;
import io.commandcenter.akm.contract.PanicCalls.ShowFreezes;
import io.commandcenter.akm.contract.PanicCalls.ThawKeys;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.commandcenter.akm.contract.VaultCalls.SealKey;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.KeyStore;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen failing: with the drop removed, with the condition left out of the release and of the look,
 * with the hearing of the other node removed, with the environment's keys left out.
 */
class PanicTest {
  private static final String ENV = "env_openai";

  @TempDir Path folder;
  private Vaults vault;
  private String id;

  @BeforeEach
  void open() {
    vault = Vaults.open(folder, Map.of("OPENAI_API_KEY", NEXT));
    id = vault.add("main", KEY).keyId();
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private Frozen freezeKey(String keyId) {
    return vault.ask(PanicCalls.FREEZE, new FreezeKeys(keyId, null, null, "leaked", null, BY));
  }

  private Frozen freezeProvider(String provider) {
    return vault.ask(PanicCalls.FREEZE, new FreezeKeys(null, provider, null, null, null, BY));
  }

  private Frozen freezeAll() {
    return vault.ask(PanicCalls.FREEZE, new FreezeKeys(null, null, true, null, null, BY));
  }

  private void refusesToLend(String keyId) {
    var refused =
        vault.refused(Code.CONFLICT, LeaseCalls.LEASE, new TakeLease(keyId, "req_2", null, BY));
    assertTrue(refused.detail().contains("frozen"), refused.detail());
  }

  @Test
  void endsTheLeaseThatWasOutAndLendsNoOther() {
    vault.lease(id);
    var frozen = freezeKey(id);

    assertEquals(1, frozen.leasesRevoked());
    assertEquals("key:" + id, frozen.scope());
    assertTrue(frozen.keys().get(0).frozen());
    assertTrue(vault.find(id).frozen());
    refusesToLend(id);
  }

  @Test
  void saysWhoLeasedTheKey() {
    vault.lease(id);
    var lease = freezeKey(id).leases().rows().get(0);

    assertEquals(id, lease.keyId());
    assertEquals(BY, lease.principal());
    assertTrue(lease.detail().contains("request=req_1"), lease.detail());
  }

  @Test
  void liesOverTheStateAndSurvivesARestart() {
    freezeKey(id);
    vault.change(VaultCalls.DISABLE, id);
    vault.change(VaultCalls.ENABLE, id);
    refusesToLend(id);
    vault.restart();
    refusesToLend(id);
    assertTrue(vault.find(id).frozen());
  }

  @Test
  void freezesAKeyThatIsAddedLater() {
    freezeProvider("anthropic");
    var later = vault.add("later", NEXT);

    assertTrue(later.frozen());
    refusesToLend(later.keyId());
    assertEquals(0, vault.lease(ENV).leaseId().indexOf("lease_"));
  }

  @Test
  void freezesTheEnvironmentsKeysToo() {
    vault.lease(ENV);
    assertEquals(1, freezeKey(ENV).leasesRevoked());
    assertTrue(vault.find(ENV).frozen());
    refusesToLend(ENV);
    vault.restart();
    refusesToLend(ENV);
    vault.change(VaultCalls.DISABLE, ENV);
    assertTrue(vault.change(VaultCalls.ENABLE, ENV).frozen());
  }

  @Test
  void freezesEverythingWithARowForEachKey() {
    assertEquals(2, freezeAll().keys().size());
    refusesToLend(id);
    refusesToLend(ENV);
    assertEquals(2, vault.audited("key.freeze"));
    var all = vault.ask(VaultCalls.LIST, new ListKeys(null)).keys();
    assertTrue(all.stream().allMatch(KeyInfo::frozen));
  }

  @Test
  void notesAFreezeOfAProviderWithoutKeys() {
    vault.endpoint("bare", "https://bare.example.com");
    vault.restart();
    assertEquals(0, freezeProvider("bare").keys().size());
    assertEquals("provider:bare", vault.audit().get(0).subject());
    assertTrue(vault.audit().get(0).detail().contains("name=provider:bare"));
  }

  @Test
  void thawsWhatItFrozeAndNothingElse() {
    freezeAll();
    freezeKey(id);
    var thawed = vault.ask(PanicCalls.THAW, new ThawKeys(null, null, true, BY));

    assertEquals(2, thawed.keys().size());
    refusesToLend(id);
    vault.lease(ENV);
    vault.ask(PanicCalls.THAW, new ThawKeys(id, null, null, BY));
    vault.lease(id);
    assertEquals(3, vault.audited("key.thaw"));
    vault.refused(Code.NOT_FOUND, PanicCalls.THAW, new ThawKeys(id, null, null, BY));
  }

  @Test
  void listsWhatIsFrozen() {
    freezeKey(id);
    freezeProvider("openai");

    var freezes = vault.ask(PanicCalls.FREEZES, new ShowFreezes()).freezes();
    assertEquals(
        List.of("key:" + id, "provider:openai"),
        freezes.stream().map(PanicCalls.FreezeInfo::scope).sorted().toList());
    assertEquals(BY, freezes.get(0).by());
  }

  @Test
  void isNotCheckedWhileItIsFrozen() {
    freezeKey(id);
    vault.refused(Code.CONFLICT, VaultCalls.VALIDATE, new ChangeKey(id, BY));
    assertTrue(vault.provider.asked.isEmpty());
  }

  @Test
  void mayBePressedTwice() {
    freezeKey(id);
    freezeKey(id);
    assertEquals(1, vault.ask(PanicCalls.FREEZES, new ShowFreezes()).freezes().size());
  }

  @Test
  void refusesAnUnknownKeyOrProviderAndTwoScopes() {
    vault.refused(
        Code.NOT_FOUND, PanicCalls.FREEZE, new FreezeKeys("key_none", null, null, null, null, BY));
    vault.refused(
        Code.UNKNOWN_PROVIDER,
        PanicCalls.FREEZE,
        new FreezeKeys(null, "acme", null, null, null, BY));
    assertThrows(Failure.class, () -> new FreezeKeys(id, "openai", null, null, null, BY));
    assertThrows(Failure.class, () -> new FreezeKeys(null, null, false, null, null, BY));
  }

  @Test
  void changesNothingIfTheAuditRowCannotBeWritten() {
    Vaults.await(
        vault.database.write(
            connection ->
                connection
                    .preparedQuery(
                        "create trigger no_audit before insert on audit begin select"
                            + " raise(abort, 'full'); end")
                    .execute(Tuple.tuple())));
    vault.refused(
        Code.UNAVAILABLE, PanicCalls.FREEZE, new FreezeKeys(id, null, null, null, null, BY));
    assertFalse(vault.find(id).frozen());
  }

  /** The key is looked at, then frozen, and only then its release is noted: it is not lent. */
  @Test
  void aLeaseThatIsBeingMadeDoesNotSlipThrough() {
    var keys = new KeyStore(vault.database, new AuditStore(vault.database));
    var seen = Vaults.await(keys.find(id)).orElseThrow();
    freezeKey(id);
    var entry =
        AuditEntry.ok(vault.clock.instant(), BY, AuditEntry.Action.KEY_LEASE, id, AuditDetail.NONE);

    assertFalse(Vaults.await(keys.release(seen, entry)));
    assertEquals(0, vault.audited("key.lease"));
  }

  /** Both nodes lend; the call reaches one of them only. */
  @Test
  void endsTheLeasesOfEveryNode() {
    vault.deploy();
    assertNotEquals(vault.lease(id).leaseId(), vault.lease(id).leaseId());
    freezeKey(id);

    vault.until(() -> IntStream.range(0, 4).allMatch(i -> isRefused(id)));
  }

  @Test
  void everyNodeHearsOfADisabledKeyAndOfAFrozenVariable() {
    vault.deploy();
    vault.lease(id);
    vault.lease(id);
    vault.lease(ENV);
    vault.lease(ENV);
    vault.change(VaultCalls.DISABLE, id);
    freezeKey(ENV);

    vault.until(() -> IntStream.range(0, 4).allMatch(i -> isRefused(id) && isRefused(ENV)));
    vault.until(() -> IntStream.range(0, 4).allMatch(i -> vault.find(ENV).frozen()));
  }

  private boolean isRefused(String keyId) {
    return Vaults.await(
        vault
            .bus
            .ask(LeaseCalls.LEASE, new TakeLease(keyId, "req_3", null, BY))
            .map(false)
            .otherwise(true));
  }

  @Test
  void refusesTheSecretItselfNotOnlyTheState() {
    var sealed =
        vault.ask(VaultCalls.SEAL, new SealKey("openai", "two", Secret.of(KEY), 1, null, BY));
    freezeProvider("openai");
    refusesToLend(sealed.keyId());
    refusesToLend(ENV);
  }
}

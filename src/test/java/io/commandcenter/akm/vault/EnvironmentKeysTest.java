package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;
import static io.commandcenter.akm.vault.Vaults.KEY;
import static io.commandcenter.akm.vault.Vaults.NEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.LeaseCalls.ReportRejection;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RotationCalls.RotateKey;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentKeysTest {
  private static final String ID = "env_anthropic";

  @TempDir Path folder;
  private Vaults vault;

  @BeforeEach
  void open() {
    vault = Vaults.open(folder, Map.of("ANTHROPIC_API_KEY", KEY, "OPENAI_API_KEY", "not one key"));
  }

  @AfterEach
  void close() {
    vault.close();
  }

  @Test
  void showsTheKeyAsOneOfTheEnvironment() {
    var key = vault.find(ID);

    assertEquals("environment", key.source());
    assertEquals("ANTHROPIC_API_KEY", key.envVar());
    assertEquals("sk-ant-api03-…x9AA", key.masked());
    assertEquals(key, vault.ask(VaultCalls.LIST, new ListKeys("anthropic")).keys().get(0));
  }

  @Test
  void passesOverAVariableThatHoldsNoKey() {
    assertEquals(1, vault.ask(VaultCalls.LIST, new ListKeys(null)).keys().size());
  }

  @Test
  void neverStoresIt() {
    assertEquals(0, ((Number) vault.sql("select count(*) from provider_key")).intValue());
  }

  @Test
  void lendsItWithAnAuditRow() {
    assertEquals(Secret.of(KEY), vault.lease(ID).secret());
    assertEquals(1, vault.audited("key.lease"));
    assertEquals(vault.clock.instant(), vault.find(ID).lastUsedAt());
  }

  @Test
  void disablesAndEnablesItUntilTheProcessEnds() {
    vault.lease(ID);
    assertEquals("disabled", vault.change(VaultCalls.DISABLE, ID).state());
    vault.refused(Code.CONFLICT, LeaseCalls.LEASE, new TakeLease(ID, "req_2", null, BY));
    vault.refused(Code.CONFLICT, VaultCalls.DISABLE, new ChangeKey(ID, BY));

    assertEquals("active", vault.change(VaultCalls.ENABLE, ID).state());
    assertEquals(Secret.of(KEY), vault.lease(ID).secret());
  }

  @Test
  void disablesItWhenTheProviderRefusesIt() {
    var report = new ReportRejection(ID, 1, "no-credit", "router");

    assertEquals("disabled", vault.ask(LeaseCalls.REPORT_REJECTION, report).state());
    assertEquals("disabled", vault.ask(LeaseCalls.REPORT_REJECTION, report).state());
    assertEquals(1, vault.audited("key.reject"));
  }

  @Test
  void leavesChangingItToTheEnvironment() {
    vault.refused(Code.CONFLICT, VaultCalls.DELETE, new ChangeKey(ID, BY));
    vault.refused(
        Code.CONFLICT,
        RotationCalls.ROTATE,
        new RotateKey("anthropic", "environment", Secret.of(NEXT), null, null, null, BY));
  }

  @Test
  void knowsNoOtherOfItsKind() {
    vault.refused(Code.NOT_FOUND, LeaseCalls.LEASE, new TakeLease("env_acme", "req_1", null, BY));
  }

  @Test
  void validatesItAtTheProvider() {
    var check = vault.ask(VaultCalls.VALIDATE, new ChangeKey(ID, BY));

    assertEquals("valid", check.outcome());
    assertEquals(Secret.of(KEY), vault.provider.keys.get(0));
    assertEquals(vault.clock.instant(), vault.find(ID).lastValidatedAt());
  }

  @Test
  void validatesASealedKeyAndNotesIt() {
    var id = vault.add("main", KEY).keyId();
    vault.provider.verdict = new KeyVerdict("invalid", 401, "the provider refused the key");

    var check = vault.ask(VaultCalls.VALIDATE, new ChangeKey(id, BY));

    assertEquals("invalid", check.outcome());
    assertEquals(401, check.httpStatus());
    assertEquals("https://api.anthropic.com", vault.provider.asked.get(0).base().toString());
    assertEquals(vault.clock.instant(), vault.find(id).lastValidatedAt());
    // A check changes no state: a person decides.
    assertEquals("active", vault.find(id).state());
    assertEquals(1, vault.audited("key.validate"));
    assertEquals(1, vault.audited("key.lease"));
    vault.until(() -> vault.facts.stream().anyMatch(fact -> fact.change().equals("validated")));
  }

  @Test
  void validatesADisabledKeyButNoDeletedOne() {
    var id = vault.add("main", KEY).keyId();
    vault.change(VaultCalls.DISABLE, id);
    assertEquals("valid", vault.ask(VaultCalls.VALIDATE, new ChangeKey(id, BY)).outcome());

    vault.change(VaultCalls.DELETE, id);
    vault.refused(Code.CONFLICT, VaultCalls.VALIDATE, new ChangeKey(id, BY));
  }

  @Test
  void doesNotCallAKeyValidatedWhenNobodyAnswered() {
    var id = vault.add("main", KEY).keyId();
    vault.provider.verdict = new KeyVerdict("network", 0, "the provider could not be reached");

    var check = vault.ask(VaultCalls.VALIDATE, new ChangeKey(id, BY));

    assertEquals("network", check.outcome());
    assertEquals(null, check.httpStatus());
    assertEquals(null, vault.find(id).lastValidatedAt());
  }
}

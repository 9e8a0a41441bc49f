package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;
import static io.commandcenter.akm.vault.Vaults.KEY;
import static io.commandcenter.akm.vault.Vaults.NEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.AuditCalls.ListAudit;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.LeaseCalls.ReportRejection;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RotationCalls.RotateFromEnvironment;
import io.commandcenter.akm.contract.RotationCalls.RotateKey;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.contract.VaultCalls.AddFromEnvironment;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.FindKey;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.contract.VaultCalls.ListKeys;
import io.commandcenter.akm.contract.VaultCalls.SealKey;
import io.commandcenter.akm.core.crypto.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seen failing: each audit row with its append removed, erasing with the ciphertext kept. */
class KeyLifeTest {
  @TempDir Path folder;
  private Vaults vault;

  @BeforeEach
  void open() {
    vault = Vaults.open(folder, Map.of("SPARE_KEY", KEY, "NEXT_KEY", NEXT));
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private KeyInfo rotate(String label, String key, Long grace) {
    var rotation =
        vault.ask(
            RotationCalls.ROTATE,
            new RotateKey("anthropic", label, Secret.of(key), grace, null, null, BY));
    return vault.find(rotation.keyId());
  }

  @Test
  void showsANewKeyMasked() {
    var key = vault.add("main", KEY);

    assertEquals("sk-ant-api03-…x9AA", key.masked());
    assertEquals("active", key.state());
    assertEquals("sealed", key.source());
    assertEquals(1, key.version());
    assertEquals(key, vault.find(key.keyId()));
  }

  @Test
  void tellsTheOthersOfANewKeyAfterTheCommit() {
    var key = vault.add("main", KEY);

    vault.until(() -> !vault.facts.isEmpty());
    var fact = vault.facts.get(0);
    assertEquals(key.keyId(), fact.keyId());
    assertEquals("added", fact.change());
    assertEquals("active", fact.state());
  }

  @Test
  void givesEqualKeysEqualFingerprints() {
    var one = vault.add("one", KEY);

    assertEquals(one.fingerprint(), vault.add("two", KEY).fingerprint());
    assertNotEquals(one.fingerprint(), vault.add("three", NEXT).fingerprint());
  }

  @Test
  void takesTheBlanksOffAroundAPastedKey() {
    var key = vault.add("main", "  " + KEY + "\r\n");

    assertEquals(Secret.of(KEY), vault.lease(key.keyId()).secret());
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "two words", "line\nbreak", "umläut", "akm_admin_0123"})
  void refusesWhatCannotBeAKey(String text) {
    vault.refused(
        Code.BAD_REQUEST,
        VaultCalls.SEAL,
        new SealKey("anthropic", "main", Secret.of(text), 1, null, BY));
  }

  @Test
  void refusesAnOversizedKey() {
    vault.refused(
        Code.TOO_LARGE,
        VaultCalls.SEAL,
        new SealKey("anthropic", "main", Secret.of("x".repeat(4097)), 1, null, BY));
  }

  @Test
  void refusesNoKeyAtAll() {
    vault.refused(
        Code.BAD_REQUEST, VaultCalls.SEAL, new SealKey("anthropic", "main", null, 1, null, BY));
  }

  @Test
  void refusesALabelThatIsTaken() {
    vault.add("main", KEY);

    vault.refused(
        Code.CONFLICT,
        VaultCalls.SEAL,
        new SealKey("anthropic", "main", Secret.of(NEXT), 1, null, BY));
    assertEquals(1, vault.audited("key.add"));
  }

  @Test
  void refusesAnUnknownProviderAndNamesTheKnownOnes() {
    var failure =
        vault.refused(
            Code.UNKNOWN_PROVIDER,
            VaultCalls.SEAL,
            new SealKey("acme", "main", Secret.of(KEY), 1, null, BY));

    assertTrue(failure.detail().contains("anthropic, openai"));
  }

  @Test
  void refusesADateOfExpiryInThePast() {
    vault.refused(
        Code.BAD_REQUEST,
        VaultCalls.SEAL,
        new SealKey("anthropic", "main", Secret.of(KEY), 1, vault.clock.instant(), BY));
  }

  @Test
  void refusesAKeyInThePlaceOfALabelOrAName() {
    var asLabel = new SealKey("anthropic", KEY.replace('_', '-'), Secret.of(KEY), 1, null, BY);
    var asCaller = new SealKey("anthropic", "main", Secret.of(KEY), 1, null, "by " + KEY);

    var failure = vault.refused(Code.KEY_IN_ARGUMENT, VaultCalls.SEAL, asLabel);
    assertFalse(failure.detail().contains("0123"));
    vault.refused(Code.KEY_IN_ARGUMENT, VaultCalls.SEAL, asCaller);
    assertEquals(0, vault.audit().size());
  }

  @Test
  void keepsTheLabelOfTheEnvironmentForItself() {
    vault.refused(
        Code.BAD_REQUEST,
        VaultCalls.SEAL,
        new SealKey("anthropic", "environment", Secret.of(KEY), 1, null, BY));
  }

  @Test
  void sealsAKeyFromAVariable() {
    var key =
        vault.ask(
            VaultCalls.ADD_FROM_ENVIRONMENT,
            new AddFromEnvironment("openai", "spare", "SPARE_KEY", 7, null, BY));

    assertEquals("SPARE_KEY", key.envVar());
    assertEquals("sealed", key.source());
    assertEquals(7, key.weight());
    assertEquals(Secret.of(KEY), vault.lease(key.keyId()).secret());
  }

  @Test
  void refusesAVariableThatIsNotSet() {
    vault.refused(
        Code.NOT_FOUND,
        VaultCalls.ADD_FROM_ENVIRONMENT,
        new AddFromEnvironment("openai", "spare", "ABSENT_KEY", null, null, BY));
  }

  @Test
  void listsOldestFirstAndByProvider() {
    vault.add("first", KEY);
    vault.clock.move(Duration.ofSeconds(1));
    vault.add("second", NEXT);

    var all = vault.ask(VaultCalls.LIST, new ListKeys(null)).keys();
    assertEquals("first", all.get(0).label());
    assertEquals("second", all.get(1).label());
    assertTrue(vault.ask(VaultCalls.LIST, new ListKeys("openai")).keys().isEmpty());
  }

  @Test
  void rotatesToTheNewKeyAtOnce() {
    var key = vault.add("main", KEY);
    assertEquals(Secret.of(KEY), vault.lease(key.keyId()).secret());

    var rotated = rotate("main", NEXT, null);

    assertEquals(2, rotated.version());
    assertEquals("sk-ant-api03-…m7BB", rotated.masked());
    assertEquals(vault.clock.instant(), rotated.rotatedAt());
    assertEquals(Secret.of(NEXT), vault.lease(key.keyId()).secret());
    assertEquals(2, vault.lease(key.keyId()).version());
  }

  @Test
  void keepsTheOldVersionForTheGracePeriodThenErasesIt() {
    var key = vault.add("main", KEY);
    rotate("main", NEXT, 60L);
    var old = " from key_version where version = 1 and key_id = '" + key.keyId() + "'";
    assertEquals("draining", vault.sql("select state" + old));

    vault.clock.move(Duration.ofSeconds(60));

    vault.until(() -> vault.sql("select ciphertext" + old) == null);
    assertEquals("revoked", vault.sql("select state" + old));
    assertEquals(1, vault.audited("key.erase"));
    assertEquals(Secret.of(NEXT), vault.lease(key.keyId()).secret());
    vault.until(() -> vault.facts.stream().anyMatch(fact -> fact.change().equals("drained")));
  }

  @Test
  void erasesAtStartWhatDrainedWhileItWasDown() {
    vault.add("main", KEY);
    rotate("main", NEXT, 60L);
    vault.clock.move(Duration.ofDays(1));
    vault.restart();

    assertNull(vault.sql("select ciphertext from key_version where version = 1"));
  }

  @Test
  void refusesToRotateToTheSameKey() {
    vault.add("main", KEY);

    vault.refused(
        Code.CONFLICT,
        RotationCalls.ROTATE,
        new RotateKey("anthropic", "main", Secret.of(KEY), null, null, null, BY));
  }

  @Test
  void refusesToRotateWhatIsNotThere() {
    vault.refused(
        Code.NOT_FOUND,
        RotationCalls.ROTATE,
        new RotateKey("anthropic", "main", Secret.of(KEY), null, null, null, BY));
  }

  @Test
  void rotatesFromAVariable() {
    vault.add("main", KEY);

    vault.ask(
        RotationCalls.ROTATE_FROM_ENVIRONMENT,
        new RotateFromEnvironment("anthropic", "main", "NEXT_KEY", 0L, null, null, BY));
    var rotated = vault.ask(VaultCalls.LIST, new ListKeys("anthropic")).keys().get(0);

    assertEquals("NEXT_KEY", rotated.envVar());
    assertEquals(2, rotated.version());
  }

  @Test
  void disablesAndEnables() {
    var id = vault.add("main", KEY).keyId();

    assertEquals("disabled", vault.change(VaultCalls.DISABLE, id).state());
    assertEquals("disabled", vault.find(id).state());
    vault.refused(Code.CONFLICT, VaultCalls.DISABLE, new ChangeKey(id, BY));
    assertEquals("active", vault.change(VaultCalls.ENABLE, id).state());
    assertEquals(1, vault.audited("key.disable"));
    assertEquals(1, vault.audited("key.enable"));
  }

  @Test
  void deletesByErasingTheCiphertextAndKeepsTheRecord() {
    var id = vault.add("main", KEY).keyId();

    assertEquals("revoked", vault.change(VaultCalls.DELETE, id).state());

    assertNull(vault.sql("select ciphertext from key_version"));
    assertEquals("revoked", vault.find(id).state());
    vault.refused(Code.CONFLICT, VaultCalls.DELETE, new ChangeKey(id, BY));
    vault.refused(Code.CONFLICT, VaultCalls.ENABLE, new ChangeKey(id, BY));
  }

  @Test
  void freesTheLabelOfADeletedKey() {
    vault.change(VaultCalls.DELETE, vault.add("main", KEY).keyId());

    assertEquals("active", vault.add("main", NEXT).state());
  }

  @Test
  void expiresAKeyOnItsDate() {
    var until = vault.clock.instant().plusSeconds(60);
    var key =
        vault.ask(VaultCalls.SEAL, new SealKey("anthropic", "main", Secret.of(KEY), 1, until, BY));
    vault.clock.move(Duration.ofSeconds(60));

    assertEquals("expired", vault.find(key.keyId()).state());
    vault.until(() -> "expired".equals(vault.sql("select state from provider_key")));
    assertEquals(1, vault.audited("key.expire"));
    vault.refused(Code.CONFLICT, VaultCalls.ENABLE, new ChangeKey(key.keyId(), BY));
    vault.until(() -> vault.facts.stream().anyMatch(fact -> fact.change().equals("expired")));
  }

  @Test
  void bringsAnExpiredKeyBackByRotation() {
    var until = vault.clock.instant().plusSeconds(60);
    vault.ask(VaultCalls.SEAL, new SealKey("anthropic", "main", Secret.of(KEY), 1, until, BY));
    vault.clock.move(Duration.ofSeconds(61));

    var rotated = rotate("main", NEXT, 0L);

    assertEquals("active", rotated.state());
    assertNull(rotated.expiresAt());
  }

  @Test
  void disablesTheVersionAProviderRefused() {
    var id = vault.add("main", KEY).keyId();

    var key =
        vault.ask(LeaseCalls.REPORT_REJECTION, new ReportRejection(id, 1, "key-invalid", "router"));

    assertEquals("disabled", key.state());
    assertEquals(1, vault.audited("key.reject"));
    assertEquals("active", rotate("main", NEXT, null).state());
  }

  @Test
  void leavesANewerVersionAloneWhenAnOldOneIsReported() {
    var id = vault.add("main", KEY).keyId();
    rotate("main", NEXT, null);

    var key =
        vault.ask(LeaseCalls.REPORT_REJECTION, new ReportRejection(id, 1, "key-invalid", "router"));

    assertEquals("active", key.state());
    assertEquals(0, vault.audited("key.reject"));
  }

  @Test
  void refusesAnUnknownReasonOfARejection() {
    var id = vault.add("main", KEY).keyId();

    vault.refused(
        Code.BAD_REQUEST, LeaseCalls.REPORT_REJECTION, new ReportRejection(id, 1, "mood", "x"));
  }

  @Test
  void knowsNoKeyOfAnotherIdAndDoesNotRepeatIt() {
    var failure = vault.refused(Code.NOT_FOUND, VaultCalls.FIND, new FindKey("key_nothere"));

    assertFalse(failure.detail().contains("nothere"));
  }

  @Test
  void keepsKeysAcrossARestart() {
    var id = vault.add("main", KEY).keyId();
    vault.restart();

    assertEquals(Secret.of(KEY), vault.lease(id).secret());
  }

  @Test
  void givesTheAuditLogInPagesNewestFirst() {
    vault.add("one", KEY);
    vault.add("two", KEY);
    vault.add("three", KEY);

    var page = vault.ask(AuditCalls.LIST, new ListAudit(2, null));
    var rest = vault.ask(AuditCalls.LIST, new ListAudit(2, page.next()));

    assertTrue(page.rows().get(0).detail().contains("label=three"));
    assertEquals(1, rest.rows().size());
    assertNull(rest.next());
    assertEquals(BY, rest.rows().get(0).principal());
  }
}

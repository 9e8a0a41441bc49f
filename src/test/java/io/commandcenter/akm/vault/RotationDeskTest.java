package io.commandcenter.akm.vault;

import static io.commandcenter.akm.vault.Vaults.BY;
import static io.commandcenter.akm.vault.Vaults.KEY;
import static io.commandcenter.akm.vault.Vaults.NEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.EntryCalls.BeginEntry;
import io.commandcenter.akm.contract.EntryCalls.SubmitEntry;
import io.commandcenter.akm.contract.EntryCalls.UnlockEntry;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.LeaseCalls.Lease;
import io.commandcenter.akm.contract.LeaseCalls.ReportRejection;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RotationCalls.ChangeRotation;
import io.commandcenter.akm.contract.RotationCalls.FindRotation;
import io.commandcenter.akm.contract.RotationCalls.ListRotations;
import io.commandcenter.akm.contract.RotationCalls.RotateKey;
import io.commandcenter.akm.contract.RotationCalls.RotationInfo;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seen failing: with steps that may overlap and are not compared in the store (two rollbacks), with
 * an ended rotation left running, with the leases kept after a step, with the repeated call begun
 * anew.
 */
class RotationDeskTest {
  private static final int PERCENT = 50;

  @TempDir Path folder;
  private Vaults vault;
  private String id;

  @BeforeEach
  void open() {
    vault = Vaults.open(folder);
    id = vault.add("main", KEY).keyId();
  }

  @AfterEach
  void close() {
    vault.close();
  }

  private RotationInfo rotate(String rotationId, String key, int percent) {
    return vault.ask(
        RotationCalls.ROTATE,
        new RotateKey("anthropic", "main", Secret.of(key), 60L, rotationId, percent, BY));
  }

  private RotationInfo status(String rotationId) {
    return vault.ask(RotationCalls.STATUS, new FindRotation(rotationId, null));
  }

  private Lease lease(Integer except) {
    return vault.ask(LeaseCalls.LEASE, new TakeLease(id, "req_1", except, BY));
  }

  private Lease leaseOf(int version) {
    for (int i = 0; i < 200; i++) {
      var lease = lease(null);
      if (lease.version() == version) {
        return lease;
      }
    }
    throw new AssertionError("version " + version + " is never lent");
  }

  private void answered(int version) {
    vault.bus.publish(
        Facts.ATTEMPT_ENDED,
        new Facts.AttemptEnded(
            "anthropic", id, version, "ok", 200, "answered", vault.clock.instant()));
  }

  private String reject(int version) {
    return vault
        .ask(LeaseCalls.REPORT_REJECTION, new ReportRejection(id, version, "key-invalid", "router"))
        .state();
  }

  private Object state(int version) {
    return vault.sql("select state from key_version where version = " + version);
  }

  @Test
  void triesTheNewVersionWithItsShareOfTheLeases() {
    var rotation = rotate("rot_a", NEXT, 5);

    assertEquals("canary", rotation.state());
    assertEquals("valid", rotation.verdict());
    assertEquals(1, vault.find(id).version());
    assertEquals("rot_a", vault.find(id).rotationId());
    var versions = IntStream.range(0, 400).map(i -> lease(null).version()).toArray();
    assertEquals(20, IntStream.of(versions).filter(v -> v == 2).count());
    assertEquals(Secret.of(NEXT), leaseOf(2).secret());
    assertTrue(leaseOf(2).trial());
    assertFalse(leaseOf(1).trial());
  }

  @Test
  void writesOneAuditRowForTheLeaseOfEachVersion() {
    rotate("rot_a", NEXT, PERCENT);
    long before = vault.audited("key.lease");
    for (int i = 0; i < 100; i++) {
      lease(null);
    }

    assertEquals(before + 2, vault.audited("key.lease"));
    assertSame(leaseOf(2), leaseOf(2));
  }

  @Test
  void shiftsWhenEnoughRequestsSucceededAndEndsAfterTheGracePeriod() {
    rotate("rot_a", NEXT, PERCENT);
    for (int i = 0; i < 19; i++) {
      answered(2);
      answered(1);
    }
    vault.until(() -> status("rot_a").canaryAnswered() == 19);
    assertEquals("canary", status("rot_a").state());
    answered(2);

    vault.until(() -> status("rot_a").state().equals("draining"));
    assertEquals(2, vault.find(id).version());
    assertEquals("sk-ant-api03-…m7BB", vault.find(id).masked());
    assertEquals("draining", state(1));
    assertEquals(2, lease(null).version());
    vault.clock.move(Duration.ofSeconds(60));
    vault.until(() -> status("rot_a").state().equals("done"));
    assertEquals("revoked", state(1));
    assertNull(vault.sql("select ciphertext from key_version where version = 1"));
    assertNull(vault.find(id).rotationId());
    assertEquals(1, vault.audited("rotation.begin"));
    assertEquals(3, vault.audited("rotation.change"));
    assertEquals(1, vault.audited("key.rotate"));
  }

  @Test
  void shiftsAfterItsTimeIfNothingSpokeAgainstIt() {
    rotate("rot_a", NEXT, PERCENT);
    vault.clock.move(Duration.ofMinutes(5));

    vault.until(() -> status("rot_a").state().equals("draining"));
  }

  @Test
  void takesARefusedVersionBackAndKeepsTheKeyActive() {
    rotate("rot_a", NEXT, PERCENT);
    leaseOf(2);

    assertEquals("active", reject(2));

    var rotation = status("rot_a");
    assertEquals("rolled_back", rotation.state());
    assertEquals("key-invalid", rotation.reason());
    assertEquals("revoked", state(2));
    assertNull(vault.sql("select ciphertext from key_version where version = 2"));
    for (int i = 0; i < 50; i++) {
      assertEquals(1, lease(null).version());
    }
    assertEquals(1, lease(2).version());
    vault.until(
        () ->
            "rotation-rolled-back"
                .equals(
                    vault.sql("select group_concat(kind) from notice where subject = 'rot_a'")));
  }

  @Test
  void takesTheNewVersionBackWhileTheOldOneDrains() {
    rotate("rot_a", NEXT, 0);
    assertEquals(2, lease(null).version());
    assertTrue(lease(null).trial());
    assertEquals(1, lease(2).version());
    assertEquals(Secret.of(KEY), lease(2).secret());

    assertEquals("active", reject(2));

    assertEquals("rolled_back", status("rot_a").state());
    assertEquals(1, vault.find(id).version());
    assertEquals("sk-ant-api03-…x9AA", vault.find(id).masked());
    assertNull(vault.find(id).rotatedAt());
    assertEquals("active", state(1));
    assertEquals(Secret.of(KEY), lease(null).secret());
  }

  @Test
  void rollsBackOnceHoweverManyRequestsReportTheSameRefusal() {
    rotate("rot_a", NEXT, PERCENT);
    var reports =
        IntStream.range(0, 100)
            .mapToObj(i -> new ReportRejection(id, 2, "key-invalid", "router"))
            .map(report -> vault.bus.ask(LeaseCalls.REPORT_REJECTION, report))
            .toList();
    Vaults.await(Future.all(reports));

    assertTrue(reports.stream().allMatch(report -> report.result().state().equals("active")));
    assertEquals(2, vault.audited("rotation.change"));
    assertEquals(0, vault.audited("key.reject"));
    assertEquals(1, vault.audited("key.erase"));
  }

  @Test
  void disablesTheKeyIfTheNewVersionIsRefusedWithNothingToGoBackTo() {
    rotate("rot_a", NEXT, 0);
    vault.ask(RotationCalls.ADVANCE, new ChangeRotation("rot_a", BY));
    assertEquals("done", status("rot_a").state());

    assertEquals("disabled", reject(2));
  }

  @Test
  void shiftsAtOnceIfTheOldVersionIsRefusedInTheTrial() {
    rotate("rot_a", NEXT, PERCENT);

    assertEquals("active", reject(1));

    assertEquals(2, lease(null).version());
    vault.until(() -> status("rot_a").state().equals("done"));
  }

  @Test
  void triesNothingIfTheOldVersionWasRefusedBefore() {
    assertEquals("disabled", reject(1));

    assertEquals("draining", rotate("rot_a", NEXT, PERCENT).state());
    assertEquals("active", vault.find(id).state());
    assertEquals(2, lease(null).version());
  }

  @Test
  void changesNothingIfTheProviderDoesNotTakeTheNewKey() {
    var before = vault.find(id);
    vault.provider.verdict = new KeyVerdict("invalid", 401, "The provider does not take the key.");

    var rotation = rotate("rot_a", NEXT, PERCENT);

    assertEquals("rolled_back", rotation.state());
    assertEquals("invalid", rotation.reason());
    assertEquals(before, vault.find(id));
    assertEquals(1, lease(null).version());
    assertEquals("revoked", state(2));
    vault.provider.verdict = new KeyVerdict("valid", 200, "The provider takes the key.");
    assertEquals(3, rotate("rot_b", NEXT, PERCENT).toVersion());
  }

  @Test
  void answersARepeatedCallWithTheRotationAsItStands() {
    rotate("rot_a", NEXT, PERCENT);
    assertEquals("canary", rotate("rot_a", NEXT, PERCENT).state());
    vault.ask(RotationCalls.ADVANCE, new ChangeRotation("rot_a", BY));
    assertEquals("draining", rotate("rot_a", NEXT, PERCENT).state());

    assertEquals(1, vault.audited("rotation.begin"));
    vault.refused(
        Code.CONFLICT,
        RotationCalls.ROTATE,
        new RotateKey("anthropic", "main", Secret.of(KEY), null, "rot_a", null, BY));
  }

  @Test
  void runsOneRotationOfAKeyAtATime() {
    rotate("rot_a", NEXT, PERCENT);

    var failure =
        vault.refused(
            Code.CONFLICT,
            RotationCalls.ROTATE,
            new RotateKey("anthropic", "main", Secret.of(NEXT + "x"), null, "rot_b", null, BY));
    assertTrue(failure.detail().contains("rot_a"), failure.detail());
  }

  @Test
  void beginsOneOfManyThatAreAskedForAtOnce() {
    var asks =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    new RotateKey(
                        "anthropic", "main", Secret.of(NEXT + i), null, "rot_" + i, 5, BY))
            .map(ask -> vault.bus.ask(RotationCalls.ROTATE, ask).map(true).otherwise(false))
            .toList();
    Vaults.await(Future.all(asks));

    assertEquals(1, asks.stream().filter(Future::result).count());
    assertEquals(1, vault.audited("rotation.begin"));
  }

  @Test
  void endsByHand() {
    rotate("rot_a", NEXT, PERCENT);

    assertEquals(
        "cancelled", vault.ask(RotationCalls.CANCEL, new ChangeRotation("rot_a", BY)).state());
    assertEquals("revoked", state(2));
    vault.refused(Code.CONFLICT, RotationCalls.CANCEL, new ChangeRotation("rot_a", BY));
    vault.refused(Code.CONFLICT, RotationCalls.ADVANCE, new ChangeRotation("rot_a", BY));
    vault.refused(Code.NOT_FOUND, RotationCalls.CANCEL, new ChangeRotation("rot_x", BY));
  }

  @Test
  void goesBackByHandAfterTheShift() {
    rotate("rot_a", NEXT, 0);

    vault.ask(RotationCalls.CANCEL, new ChangeRotation("rot_a", BY));

    assertEquals(1, vault.find(id).version());
    assertEquals(Secret.of(KEY), lease(null).secret());
  }

  @Test
  void endsWithItsKey() {
    rotate("rot_a", NEXT, PERCENT);
    vault.change(VaultCalls.DELETE, id);

    assertEquals("cancelled", status("rot_a").state());
    assertEquals("key-deleted", status("rot_a").reason());
    assertEquals("revoked", state(2));
  }

  @Test
  void leavesAKeyOffThatWasSwitchedOffMeanwhile() {
    rotate("rot_a", NEXT, PERCENT);
    vault.change(VaultCalls.DISABLE, id);
    vault.ask(RotationCalls.ADVANCE, new ChangeRotation("rot_a", BY));

    assertEquals("disabled", vault.find(id).state());
    assertEquals("active", vault.change(VaultCalls.ENABLE, id).state());
    assertEquals(2, lease(null).version());
  }

  @Test
  void goesOnAfterARestartInEveryStage() {
    rotate("rot_a", NEXT, PERCENT);
    vault.restart();
    assertEquals("canary", status("rot_a").state());
    assertEquals(2, leaseOf(2).version());
    vault.ask(RotationCalls.ADVANCE, new ChangeRotation("rot_a", BY));
    vault.restart();
    assertEquals("draining", status("rot_a").state());
    assertEquals("active", reject(2));
    vault.restart();
    assertEquals("rolled_back", status("rot_a").state());
    assertEquals(1, lease(null).version());
  }

  @Test
  void lendsNoOtherVersionWhereThereIsNone() {
    vault.refused(Code.CONFLICT, LeaseCalls.LEASE, new TakeLease(id, "req_1", 1, BY));
    assertEquals(1, lease(7).version());
    vault.refused(Code.NOT_FOUND, LeaseCalls.LEASE, new TakeLease("env_openai", "req_1", 1, BY));
  }

  @Test
  void waitsForThePersonAndStartsWithThePagesOwnRotation() {
    var link = vault.ask(EntryCalls.BEGIN_ENTRY, new BeginEntry("rotate", "anthropic", "main", BY));
    var rotationId = link.entryId().replace("entry_", "rot_");
    assertEquals("waiting", status(rotationId).state());
    assertEquals(link.expiresAt(), status(rotationId).dueAt());

    var token = link.url().substring(link.url().lastIndexOf('/') + 1);
    vault.ask(EntryCalls.UNLOCK_ENTRY, new UnlockEntry(token, link.code(), "browser"));
    vault.ask(EntryCalls.SUBMIT_ENTRY, new SubmitEntry(token, "browser", Secret.of(NEXT), false));

    assertEquals("draining", status(rotationId).state());
    vault.until(() -> vault.facts.stream().anyMatch(fact -> link.entryId().equals(fact.entryId())));
  }

  @Test
  void givesUpAPageThatNobodyUsed() {
    var link = vault.ask(EntryCalls.BEGIN_ENTRY, new BeginEntry("rotate", "anthropic", "main", BY));
    vault.clock.move(Duration.ofMinutes(10));

    vault.until(() -> status(link.entryId().replace("entry_", "rot_")).state().equals("cancelled"));
  }

  @Test
  void letsASecretThatIsThereGoBeforeAPageThatWaits() {
    var link = vault.ask(EntryCalls.BEGIN_ENTRY, new BeginEntry("rotate", "anthropic", "main", BY));

    assertEquals("draining", rotate("rot_a", NEXT, 0).state());
    assertEquals("superseded", status(link.entryId().replace("entry_", "rot_")).reason());
    vault.refused(
        Code.CONFLICT, EntryCalls.BEGIN_ENTRY, new BeginEntry("rotate", "anthropic", "main", BY));
  }

  @Test
  void listsNewestFirst() {
    rotate("rot_a", NEXT, 0);
    vault.ask(RotationCalls.CANCEL, new ChangeRotation("rot_a", BY));
    vault.clock.move(Duration.ofSeconds(1));
    rotate("rot_b", NEXT, 0);

    var all = vault.ask(RotationCalls.LIST, new ListRotations(null, null)).rotations();
    assertEquals("rot_b", all.get(0).rotationId());
    assertEquals("rot_a", all.get(1).rotationId());
    var latest = vault.ask(RotationCalls.STATUS, new FindRotation(null, id));
    assertEquals("rot_b", latest.rotationId());
    assertEquals(1, vault.ask(RotationCalls.LIST, new ListRotations(id, 1)).rotations().size());
  }

  @Test
  void neverLendsAKeyThatMakesOthers() {
    Vaults.await(
        vault.database.write(
            connection ->
                connection.query("update provider_key set purpose = 'minting'").execute()));

    vault.refused(Code.CONFLICT, LeaseCalls.LEASE, new TakeLease(id, "req_1", null, BY));
  }
}

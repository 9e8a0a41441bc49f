package io.commandcenter.akm.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.LeaseCalls.Lease;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * While a key rotates it has two versions. Seen failing with the retry removed, with the retry
 * unbounded, with the key's cool-down started though its other version answers.
 */
class OtherVersionTest {
  private static final Secret BAD = Secret.of("the new version");
  private static final Secret GOOD = Secret.of("the old version");

  private final RouterRig rig = new RouterRig();

  @BeforeEach
  void start() {
    rig.rooms.lease = take -> Future.succeededFuture(lent(take));
    rig.upstream.script =
        sent ->
            BAD.equals(sent.key())
                ? ScriptedUpstream.fail(ErrorClass.KEY_INVALID)
                : ScriptedUpstream.ok();
    rig.start();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static Lease lent(TakeLease take) {
    boolean isOther = take.exceptVersion() != null && take.exceptVersion() == 4;
    return new Lease(
        "lease", take.keyId(), "any", isOther ? 3 : 4, !isOther, isOther ? GOOD : BAD, Instant.MAX);
  }

  @Test
  void answersWithTheOtherVersionInTheSameRequest() {
    var answer = rig.route(RouterRig.chat("chat"));

    assertEquals(List.of("anthropic", "anthropic"), rig.upstream.providers());
    assertEquals(
        List.of("key-invalid", "ok"),
        answer.attempts().stream().map(attempt -> attempt.outcome()).toList());
    assertEquals(2, rig.rooms.holds.size());
    assertEquals(2, rig.rooms.settles.size());
    rig.eventually(() -> rig.rooms.rejections.size() == 1);
    assertEquals(4, rig.rooms.rejections.peek().version());
  }

  @Test
  void leavesTheKeyInUse() {
    rig.route(RouterRig.chat("chat"));
    rig.route(RouterRig.chat("chat"));

    assertEquals(4, rig.upstream.providers().stream().filter("anthropic"::equals).count());
  }

  @Test
  void answersBeyondTheAttemptCap() {
    rig.close();
    var single = new RouterRig();
    single.maxAttempts = 1;
    single.rooms.lease = rig.rooms.lease;
    single.upstream.script = rig.upstream.script;
    single.start();

    assertEquals(2, single.route(RouterRig.chat("chat")).attempts().size());
    single.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"KEY_INVALID", "NO_CREDIT"})
  void triesTheOtherVersionOnceAndThenTheNextCandidate(ErrorClass error) {
    rig.upstream.failing("anthropic", error);

    rig.route(RouterRig.chat("chat"));

    assertEquals(List.of("anthropic", "anthropic", "openai"), rig.upstream.providers());
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMIT", "OVERLOADED", "PERMISSION"})
  void triesNoOtherVersionForWhatIsNotTheKeysFault(ErrorClass error) {
    rig.upstream.failing("anthropic", error);

    rig.route(RouterRig.chat("chat"));

    assertEquals(List.of("anthropic", "openai"), rig.upstream.providers());
  }

  @Test
  void goesToTheNextCandidateIfThereIsNoOtherVersion() {
    rig.rooms.lease =
        take ->
            take.exceptVersion() == null
                ? Future.succeededFuture(lent(take))
                : FakeRooms.failed(Code.CONFLICT);
    rig.upstream.failing("anthropic", ErrorClass.KEY_INVALID);

    rig.route(RouterRig.chat("chat"));

    assertEquals(List.of("anthropic", "openai"), rig.upstream.providers());
    rig.eventually(() -> rig.rooms.rejections.size() == 1);
    assertTrue(rig.rooms.leases.stream().anyMatch(take -> take.exceptVersion() != null));
  }
}

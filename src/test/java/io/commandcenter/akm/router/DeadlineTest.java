package io.commandcenter.akm.router;

import static io.commandcenter.akm.router.RouterRig.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.UsageCalls.Held;
import io.commandcenter.akm.contract.UsageCalls.Settled;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One deadline over everything, whoever hangs. */
class DeadlineTest {
  private final RouterRig rig = new RouterRig().realTime();

  @AfterEach
  void close() {
    rig.close();
  }

  /**
   * With the bound on the upstream's answer removed, the hold was not settled before the answer.
   */
  @Test
  void endsWhenTheUpstreamHangs() {
    rig.upstream.script = sent -> Promise.<ProviderReply>promise().future();
    var failure = timed();
    assertEquals(Code.DEADLINE_EXCEEDED, failure.code());
    assertTrue(failure.context().containsKey("decision"));
    assertEquals(1, rig.rooms.settles.size());
    assertEquals("timeout", rig.rooms.settles.peek().outcome());
    assertTrue(rig.rooms.settles.peek().usage().estimated());
  }

  @Test
  void sendsNothingMoreAfterTheDeadline() {
    rig.upstream.script =
        sent ->
            rig.vertx
                .timer(sent.timeLeft().toMillis() + 20, TimeUnit.MILLISECONDS)
                .compose(late -> ScriptedUpstream.fail(ErrorClass.TRANSIENT));
    assertEquals(Code.DEADLINE_EXCEEDED, timed().code());
    assertEquals(1, rig.upstream.sent.size());
  }

  @Test
  void settlesAHoldThatCameTooLateWithoutSending() {
    var hold = Promise.<Held>promise();
    rig.rooms.hold = asked -> hold.future();
    assertEquals(Code.DEADLINE_EXCEEDED, timed().code());
    hold.complete(new Held("late", 1));
    rig.eventually(() -> rig.rooms.settles.size() == 1);
    assertEquals("cancelled", rig.rooms.settles.peek().outcome());
    assertEquals(0, rig.upstream.sent.size());
  }

  @Test
  void endsWhenTheSettleHangs() {
    var settled = Promise.<Settled>promise();
    rig.rooms.settle = settle -> settled.future();
    assertEquals(Code.DEADLINE_EXCEEDED, timed().code());
    FakeRooms.settled(rig.rooms.settles.peek()).onComplete(settled);
  }

  @Test
  void makesNoPauseBeyondTheDeadline() {
    rig.upstream.script = sent -> ScriptedUpstream.fail(ErrorClass.OVERLOADED);
    assertEquals(Code.PROVIDER_FAILED, timed().code());
    assertEquals(1, rig.upstream.sent.size());
  }

  @Test
  void waitsWithItsStopForWhatIsUnderWay() {
    var reply = Promise.<ProviderReply>promise();
    rig.upstream.script = sent -> reply.future();
    rig.start();
    var answer = rig.bus.ask(RouterCalls.ROUTE, RouterRig.chat("chat"));
    rig.eventually(() -> rig.upstream.sent.size() == 1);
    var stopped = rig.vertx.undeploy(rig.deployment);
    rig.eventually(this::refusesAsItStops);
    assertTrue(!stopped.isComplete());
    ScriptedUpstream.ok().onComplete(reply);
    assertEquals("hello", RouterRig.await(answer).text());
    RouterRig.await(stopped);
  }

  private boolean refusesAsItStops() {
    try {
      rig.route(RouterRig.decisionOnly("chat"));
      return false;
    } catch (Failure refused) {
      return refused.code() == Code.UNAVAILABLE;
    }
  }

  @Test
  void stopsAtOnceWhenNothingIsUnderWay() {
    rig.start();
    RouterRig.await(rig.vertx.undeploy(rig.deployment));
    assertEquals(Code.UNAVAILABLE, rig.refusal(RouterRig.chat("chat")).code());
  }

  private Failure timed() {
    rig.start();
    long start = System.nanoTime();
    var failure = rig.refusal(request(null, null, "gpt-4", "a question", 300L, null));
    var took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.toMillis() < 300 + 700, "took " + took);
    return failure;
  }
}

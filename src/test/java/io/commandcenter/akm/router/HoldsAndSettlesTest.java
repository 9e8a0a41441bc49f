package io.commandcenter.akm.router;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.Protocol;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Exactly one settle for each hold, over 2,000 requests with scripted faults of every kind. */
class HoldsAndSettlesTest {
  private static final int REQUESTS = 2000;
  private static final int CALLERS = 40;

  /** Cool-downs are forgotten this often; who was refused waits for it. */
  private static final int HEALED_MS = 20;

  private static final String HANGING = "a question to which nobody answers";

  private final RouterRig rig = new RouterRig();
  private final RandomGenerator random = new SplittableRandom(11);

  @AfterEach
  void close() {
    rig.close();
  }

  /** Seen failing with the recover before the settle removed: holds without a settle. */
  @Test
  void settlesEveryHoldOnce() {
    rig.provider("anthropic", Protocol.Embeddings.NONE, null, 15L, "m");
    rig.provider("openai", Protocol.Embeddings.NONE, null, 30L, "n");
    rig.key("key_second", "anthropic", 2);
    rig.upstream.script = this::anyReply;
    rig.rooms.hold =
        hold -> oneOf(12) ? FakeRooms.failed(Code.BUDGET_EXCEEDED) : FakeRooms.held(hold);
    rig.rooms.lease = take -> oneOf(8) ? FakeRooms.failed(Code.NOT_FOUND) : FakeRooms.lent(take);
    rig.rooms.settle =
        settle -> oneOf(20) ? FakeRooms.failed(Code.UNAVAILABLE) : FakeRooms.settled(settle);
    rig.start();
    rig.vertx.setPeriodic(HEALED_MS, tick -> heal());
    var all = new CopyOnWriteArrayList<Future<RouteAnswer>>();
    for (int i = 0; i < CALLERS; i++) {
      keepAsking(all);
    }
    rig.within(60, () -> all.size() == REQUESTS && all.stream().allMatch(Future::isComplete));
    rig.within(60, () -> rig.rooms.holds.size() == rig.rooms.settles.size());
    var settled = new HashSet<String>();
    rig.rooms.settles.forEach(settle -> assertTrue(settled.add(settle.holdId())));
    long answered = all.stream().filter(Future::succeeded).count();
    assertTrue(answered > REQUESTS / 4, answered + " were answered");
    assertTrue(rig.rooms.holds.size() > REQUESTS);
  }

  /** One request after the other, so that cool-downs end in between. */
  private void keepAsking(List<Future<RouteAnswer>> all) {
    synchronized (all) {
      if (all.size() < REQUESTS) {
        var asked = rig.bus.ask(RouterCalls.ROUTE, anyRequest());
        all.add(asked);
        asked.onComplete(
            answered ->
                rig.vertx.setTimer(answered.failed() ? HEALED_MS : 1, tick -> keepAsking(all)));
      }
    }
  }

  private RouteRequest anyRequest() {
    boolean hanging = oneOf(20);
    var prompt = hanging ? HANGING : "a question";
    Long deadline = hanging ? 100L : null;
    return switch (nextInt(3)) {
      case 0 -> RouterRig.request("chat", null, null, prompt, deadline, null);
      case 1 -> RouterRig.request(null, "openai", null, prompt, deadline, null);
      default -> RouterRig.request(null, null, "m", prompt, deadline, "0.5");
    };
  }

  private Future<ProviderReply> anyReply(ScriptedUpstream.Sent sent) {
    if (((ProviderRequest.Chat) sent.request()).request().turns().get(0).text().equals(HANGING)) {
      return Promise.<ProviderReply>promise().future();
    }
    return switch (nextInt(7)) {
      case 0 -> throw new IllegalStateException("a fault of the test");
      case 1 -> Future.failedFuture(new IllegalStateException("a fault of the test"));
      case 2 -> Future.succeededFuture();
      case 3 ->
          rig.vertx
              .timer(1 + nextInt(50), TimeUnit.MILLISECONDS)
              .compose(x -> ScriptedUpstream.ok());
      case 4, 5 -> ScriptedUpstream.fail(anyError(), Duration.ofMillis(1 + nextInt(3)), null);
      default -> ScriptedUpstream.ok();
    };
  }

  /** Any but the one whose cool-down cannot be ended from outside. */
  private ErrorClass anyError() {
    var error = ErrorClass.values()[nextInt(ErrorClass.values().length)];
    return error == ErrorClass.MODEL_GONE ? ErrorClass.OVERLOADED : error;
  }

  /** Ends every cool-down: keys by a rotation, providers by time. */
  private void heal() {
    rig.time.pass(Duration.ofSeconds(1));
    rig.rooms.keys.forEach(this::rotated);
  }

  private void rotated(KeyInfo key) {
    rig.bus.publish(
        Facts.KEY_CHANGED,
        new Facts.KeyChanged(key.keyId(), key.provider(), "l", "active", 4, "rotated", null));
  }

  private boolean oneOf(int n) {
    return nextInt(n) == 0;
  }

  /** The fake rooms answer on threads of their own. */
  private int nextInt(int bound) {
    synchronized (random) {
      return random.nextInt(bound);
    }
  }
}

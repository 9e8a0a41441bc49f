package io.commandcenter.akm.router;

import static io.commandcenter.akm.router.RouterRig.chat;
import static io.commandcenter.akm.router.ScriptedUpstream.fail;
import static io.commandcenter.akm.router.ScriptedUpstream.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LimitsAndCoolDownsTest {
  private final RouterRig rig = new RouterRig();

  @AfterEach
  void close() {
    rig.close();
  }

  /** With the window's checks removed, all 1,000 went upstream. */
  @Test
  void holdsTheLimitUnderAThousandConcurrentCalls() {
    rig.start();
    var outcomes = many(1000, onlyGpt4());
    assertEquals(60, rig.upstream.sent.size());
    assertEquals(60, outcomes.stream().filter(Future::succeeded).count());
    outcomes.stream()
        .filter(Future::failed)
        .forEach(refused -> assertEquals(Code.RATE_LIMITED, code(refused)));
    assertEquals(60, rig.rooms.settles.size());
  }

  @Test
  void opensAgainWhenTheMinuteIsOver() {
    rig.start();
    many(60, onlyGpt4());
    rig.time.pass(Duration.ofSeconds(20));
    var failure = rig.refusal(onlyGpt4());
    assertEquals(40_000, retryAfter(failure));
    rig.time.pass(Duration.ofSeconds(40));
    rig.route(onlyGpt4());
  }

  @Test
  void spillsOverToTheFallbackAtTheLimit() {
    rig.start();
    many(101, chat("chat"));
    assertEquals(100, rig.upstream.providers().stream().filter("anthropic"::equals).count());
    assertEquals(1, rig.upstream.providers().stream().filter("openai"::equals).count());
  }

  @Test
  void givesTheSlotBackWhenTheBudgetRefuses() {
    rig.start();
    rig.rooms.hold = hold -> FakeRooms.failed(Code.BUDGET_EXCEEDED);
    many(60, onlyGpt4());
    rig.rooms.hold = FakeRooms::held;
    rig.route(onlyGpt4());
  }

  @Test
  void coolsTheKeyUntilTheProvidersOwnTime() {
    rig.upstream.script =
        sent ->
            sent.provider().equals("anthropic")
                ? fail(ErrorClass.RATE_LIMIT, Duration.ofSeconds(30), null)
                : ok();
    rig.start().route(chat("chat"));
    rig.upstream.script = sent -> ok();
    rig.time.pass(Duration.ofMillis(29_999));
    assertEquals("openai", first(rig.route(chat("chat"))));
    rig.time.pass(Duration.ofMillis(1));
    assertEquals("anthropic", first(rig.route(chat("chat"))));
  }

  @Test
  void isNotReleasedEarlyWhenTheClockJumps() {
    rig.upstream.script =
        sent ->
            sent.provider().equals("anthropic")
                ? fail(ErrorClass.SPEND_LIMIT, null, rig.time.instant().plusSeconds(30))
                : ok();
    rig.start().route(chat("chat"));
    rig.upstream.script = sent -> ok();
    rig.time.jump(Duration.ofDays(1));
    assertEquals("openai", first(rig.route(chat("chat"))));
    rig.time.jump(Duration.ofDays(-2));
    rig.time.pass(Duration.ofSeconds(30));
    assertEquals("anthropic", first(rig.route(chat("chat"))));
  }

  @Test
  void isNotShortenedByALaterAnswer() {
    var waits = new ArrayList<>(List.of(Duration.ofSeconds(30), Duration.ofSeconds(1)));
    var replies = new ArrayList<Promise<ProviderReply>>();
    rig.upstream.script =
        sent -> {
          var reply = Promise.<ProviderReply>promise();
          replies.add(reply);
          return reply.future();
        };
    rig.start();
    var first = rig.bus.ask(RouterCalls.ROUTE, onlyGpt4());
    var second = rig.bus.ask(RouterCalls.ROUTE, onlyGpt4());
    rig.eventually(() -> replies.size() == 2);
    for (int i = 0; i < 2; i++) {
      fail(ErrorClass.RATE_LIMIT, waits.get(i), null).onComplete(replies.get(i));
    }
    rig.eventually(() -> first.isComplete() && second.isComplete());
    assertEquals(30_000, retryAfter(rig.refusal(onlyGpt4())));
  }

  @Test
  void saysTheSoonestTimeWhenAllAreCooling() {
    rig.upstream.script =
        sent ->
            fail(
                ErrorClass.RATE_LIMIT,
                Duration.ofSeconds(sent.provider().equals("openai") ? 7 : 20),
                null);
    var first = rig.start().refusal(chat("chat"));
    assertEquals(Code.RATE_LIMITED, first.code());
    assertEquals(7000, retryAfter(first));
    var failure = rig.refusal(chat("chat"));
    assertEquals(Code.RATE_LIMITED, failure.code());
    assertEquals(7000, retryAfter(failure));
    assertTrue(failure.context().containsKey("decision"));
    assertEquals(3, rig.upstream.sent.size());
  }

  @Test
  void backsOffLongerWithEachRateLimit() {
    rig.upstream.script = sent -> fail(ErrorClass.RATE_LIMIT);
    rig.start();
    long earlier = 0;
    for (int i = 0; i < 4; i++) {
      rig.refusal(onlyGpt4());
      long wait = retryAfter(rig.refusal(onlyGpt4()));
      assertTrue(wait > earlier, wait + " after " + earlier);
      rig.time.pass(Duration.ofMillis(wait + 1));
      earlier = wait;
    }
  }

  @Test
  void backsOffFromTheStartAfterASuccess() {
    rig.upstream.script = sent -> fail(ErrorClass.RATE_LIMIT);
    rig.start();
    for (int i = 0; i < 4; i++) {
      rig.refusal(onlyGpt4());
      rig.time.pass(Duration.ofSeconds(9));
    }
    rig.upstream.script = sent -> ok();
    rig.route(onlyGpt4());
    rig.upstream.script = sent -> fail(ErrorClass.RATE_LIMIT);
    rig.refusal(onlyGpt4());
    assertTrue(retryAfter(rig.refusal(onlyGpt4())) <= 500);
  }

  @Test
  void usesARotatedKeyAtOnce() {
    rig.upstream.script = sent -> fail(ErrorClass.KEY_INVALID);
    rig.start().refusal(onlyGpt4());
    rig.upstream.script = sent -> ok();
    assertEquals(Code.RATE_LIMITED, rig.refusal(onlyGpt4()).code());
    int lists = rig.rooms.lists.get();
    rig.bus.publish(
        Facts.KEY_CHANGED,
        new Facts.KeyChanged("key_openai", "openai", "main", "active", 4, "rotated", null));
    rig.eventually(() -> rig.rooms.lists.get() > lists);
    rig.route(onlyGpt4());
  }

  @Test
  void doesNotFallBackToACandidateThatCoolsMeanwhile() {
    rig.start();
    var held = Promise.<ProviderReply>promise();
    rig.upstream.script =
        sent ->
            sent.provider().equals("anthropic")
                ? held.future()
                : fail(ErrorClass.RATE_LIMIT, Duration.ofSeconds(9), null);
    var waiting = rig.bus.ask(RouterCalls.ROUTE, chat("chat"));
    rig.eventually(() -> rig.upstream.sent.size() == 1);
    rig.refusal(onlyGpt4());
    rig.upstream.script = sent -> ok();
    fail(ErrorClass.TIMEOUT).onComplete(held);
    assertEquals("local", RouterRig.await(waiting).attempts().get(1).provider());
  }

  private List<Future<RouteAnswer>> many(int count, RouteRequest request) {
    var all = new ArrayList<Future<RouteAnswer>>();
    for (int i = 0; i < count; i++) {
      all.add(rig.bus.ask(RouterCalls.ROUTE, request));
    }
    rig.eventually(() -> all.stream().allMatch(Future::isComplete));
    return all;
  }

  private static String first(RouteAnswer answer) {
    return answer.attempts().get(0).provider();
  }

  private static Code code(Future<?> failed) {
    return ((Failure) failed.cause()).code();
  }

  private static long retryAfter(Failure failure) {
    return ((Number) failure.context().get(Failure.RETRY_AFTER_MS)).longValue();
  }

  private static RouteRequest onlyGpt4() {
    return RouterRig.request(null, null, "gpt-4", "a question", null, null);
  }
}

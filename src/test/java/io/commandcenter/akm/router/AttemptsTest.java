package io.commandcenter.akm.router;

import static io.commandcenter.akm.router.RouterRig.chat;
import static io.commandcenter.akm.router.ScriptedUpstream.fail;
import static io.commandcenter.akm.router.ScriptedUpstream.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls.Attempt;
import io.commandcenter.akm.contract.UsageCalls.Settle;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What follows when an attempt fails. */
class AttemptsTest {
  private final RouterRig rig = new RouterRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void fallsBackInOrder() {
    rig.upstream.script = sent -> sent.provider().equals("local") ? ok() : fail(ErrorClass.TIMEOUT);
    var answer = rig.start().route(chat("chat"));
    assertEquals(
        List.of("anthropic timeout", "openai timeout", "local ok"),
        answer.attempts().stream().map(a -> a.provider() + " " + a.outcome()).toList());
    assertEquals(List.of(1, 2, 3), answer.attempts().stream().map(Attempt::number).toList());
  }

  @Test
  void stopsAtTheAttemptCap() {
    rig.maxAttempts = 2;
    rig.upstream.script = sent -> fail(ErrorClass.OVERLOADED);
    var failure = rig.start().refusal(chat("chat"));
    assertEquals(Code.PROVIDER_FAILED, failure.code());
    assertEquals(List.of("anthropic", "openai"), rig.upstream.providers());
    assertEquals(2, context(failure).getJsonArray("attempts").size());
    assertEquals(4, candidates(failure));
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorClass.class,
      names = {"BAD_REQUEST", "CONTENT"})
  void triesNobodyElseWhenTheRequestIsToBlame(ErrorClass error) {
    rig.upstream.script = sent -> fail(error);
    var failure = rig.start().refusal(chat("chat"));
    assertEquals(Code.BAD_REQUEST, failure.code());
    assertEquals("anthropic does not accept the request: it failed", failure.detail());
    assertEquals(List.of("anthropic"), rig.upstream.providers());
    assertEquals(1, rig.rooms.settles.size());
  }

  @Test
  void triesTheOtherKeyOfTheSameProvider() {
    rig.key("key_second", "anthropic", 1);
    var calls = new AtomicInteger();
    rig.upstream.script =
        sent -> calls.getAndIncrement() == 0 ? fail(ErrorClass.KEY_INVALID) : ok();
    var attempts = rig.start().route(chat("chat")).attempts();
    assertEquals(
        List.of("anthropic", "anthropic"), attempts.stream().map(Attempt::provider).toList());
    assertEquals(2, attempts.stream().map(Attempt::keyId).distinct().count());
  }

  @Test
  void passesOverTheOtherKeyWhenTheProviderIsToBlame() {
    rig.key("key_second", "anthropic", 1);
    rig.upstream.failing("anthropic", ErrorClass.OVERLOADED);
    rig.start().route(chat("chat"));
    assertEquals(List.of("anthropic", "openai"), rig.upstream.providers());
  }

  @ParameterizedTest
  @EnumSource(
      value = ErrorClass.class,
      names = {"KEY_INVALID", "NO_CREDIT"})
  void reportsARefusedKeyToTheVault(ErrorClass error) {
    rig.upstream.failing("anthropic", error);
    rig.start().route(chat("chat"));
    rig.eventually(() -> rig.rooms.rejections.size() == 1);
    var report = rig.rooms.rejections.peek();
    assertEquals("key_anthropic", report.keyId());
    assertEquals(3, report.version());
    assertEquals(error.slug(), report.reason());
  }

  @Test
  void triesOnlyALargerWindowWhenTheContextOverflows() {
    rig.prices.model("claude-3-5-sonnet", "chat", 200_000L, 8000L);
    rig.prices.model("gpt-4", "chat", 8192L, 8000L);
    rig.prices.model("codellama", "chat", 1_000_000L, 8000L);
    rig.upstream.failing("anthropic", ErrorClass.CONTEXT_OVERFLOW);
    rig.start().route(chat("chat"));
    assertEquals(List.of("anthropic", "local"), rig.upstream.providers());
  }

  @Test
  void blamesTheRequestWhenNoWindowIsLargeEnough() {
    rig.upstream.script = sent -> fail(ErrorClass.CONTEXT_OVERFLOW);
    assertEquals(Code.BAD_REQUEST, rig.start().refusal(chat("chat")).code());
    assertEquals(List.of("anthropic"), rig.upstream.providers());
  }

  @Test
  void triesAnOverloadedProviderOnceMoreWhenNothingElseIsLeft() {
    var calls = new AtomicInteger();
    rig.upstream.script = sent -> calls.getAndIncrement() == 0 ? fail(ErrorClass.OVERLOADED) : ok();
    var answer = rig.start().route(onlyGpt4());
    assertEquals(List.of("openai", "openai"), rig.upstream.providers());
    assertEquals("hello", answer.text());
  }

  @Test
  void triesAnOverloadedProviderNoMoreThanTwice() {
    rig.maxAttempts = 10;
    rig.upstream.script = sent -> fail(ErrorClass.TRANSIENT);
    assertEquals(Code.PROVIDER_FAILED, rig.start().refusal(onlyGpt4()).code());
    assertEquals(List.of("openai", "openai"), rig.upstream.providers());
  }

  @Test
  void doesNotTryAgainWhatMayHaveBeenCharged() {
    rig.upstream.script = sent -> fail(ErrorClass.TIMEOUT);
    assertEquals(Code.PROVIDER_FAILED, rig.start().refusal(onlyGpt4()).code());
    assertEquals(List.of("openai"), rig.upstream.providers());
  }

  @Test
  void endsAtOnceWhenTheBudgetHasNoRoom() {
    rig.rooms.hold = hold -> FakeRooms.failed(Code.BUDGET_EXCEEDED);
    var failure = rig.start().refusal(chat("chat"));
    assertEquals(Code.BUDGET_EXCEEDED, failure.code());
    assertEquals(4, candidates(failure));
    assertEquals(0, rig.upstream.sent.size() + rig.rooms.settles.size());
  }

  @Test
  void fallsBackToAProviderWithoutAKeyWhenTheVaultIsSealed() {
    rig.rooms.lease = take -> FakeRooms.failed(Code.SEALED);
    var answer = rig.start().route(chat("chat"));
    assertEquals(
        List.of("cancelled", "cancelled", "ok"),
        answer.attempts().stream().map(Attempt::outcome).toList());
    assertEquals(List.of("local"), rig.upstream.providers());
  }

  @Test
  void saysThatTheVaultIsSealedWhenNothingCouldBeSent() {
    rig.rooms.lease = take -> FakeRooms.failed(Code.SEALED);
    assertEquals(Code.SEALED, rig.start().refusal(onlyGpt4()).code());
    assertEquals(List.of("cancelled"), outcomes());
  }

  @Test
  void saysThatNobodyMayTakeTheRequestWhenItsKeyIsGone() {
    rig.rooms.lease = take -> FakeRooms.failed(Code.NOT_FOUND);
    assertEquals(Code.NO_CANDIDATE, rig.start().refusal(onlyGpt4()).code());
  }

  @Test
  void settlesAtTheUpperBoundWhenTheUpstreamThrows() {
    rig.upstream.script =
        sent -> {
          throw new IllegalStateException("a fault of the test");
        };
    assertEquals(Code.PROVIDER_FAILED, rig.start().refusal(onlyGpt4()).code());
    var usage = rig.rooms.settles.peek().usage();
    assertEquals(rig.rooms.holds.peek().maxInputTokens(), usage.input());
    assertEquals(1000, usage.output());
    assertTrue(usage.estimated());
  }

  @Test
  void failsWhenTheAnswerCannotBeAccountedFor() {
    rig.rooms.settle = settle -> FakeRooms.failed(Code.INTERNAL);
    assertEquals(Code.INTERNAL, rig.start().refusal(chat("chat")).code());
    assertEquals(List.of("ok"), outcomes());
  }

  @Test
  void addsUpTheCostOfAllAttempts() {
    rig.upstream.script =
        sent ->
            sent.provider().equals("anthropic")
                ? Future.succeededFuture(
                    new ProviderReply.Failed(
                        200,
                        ErrorClass.BAD_ANSWER,
                        "unreadable",
                        null,
                        null,
                        TokenUsage.of(100, 0)))
                : ok();
    var answer = rig.start().route(chat("chat"));
    assertEquals(new BigDecimal("0.000115"), answer.costUsd());
    assertEquals(15, answer.usage().totalTokens());
  }

  @Test
  void keepsTheCostCapOverAllAttempts() {
    // The first attempt spends 115 tokens' worth; the second one's upper bound fits the cap alone,
    // but not what is left of it.
    rig.prices.price("anthropic", 1_000_000).price("openai", 1_000_000).price("local", 1_000_000);
    rig.upstream.script =
        sent ->
            Future.succeededFuture(
                new ProviderReply.Failed(
                    200, ErrorClass.BAD_ANSWER, "unreadable", null, null, TokenUsage.of(100, 15)));
    var request = RouterRig.request("chat", null, null, "0123456789", null, "0.0011");
    assertEquals(Code.PROVIDER_FAILED, rig.start().refusal(request).code());
    assertEquals(List.of("anthropic"), rig.upstream.providers());
  }

  @Test
  void saysNoStatusWhereNoneCame() {
    rig.upstream.script =
        sent ->
            Future.succeededFuture(
                new ProviderReply.Failed(0, ErrorClass.TIMEOUT, "silence", null, null, null));
    rig.start().refusal(onlyGpt4());
    assertNull(rig.rooms.settles.peek().httpStatus());
  }

  private List<String> outcomes() {
    return rig.rooms.settles.stream().map(Settle::outcome).toList();
  }

  private static RouteRequest onlyGpt4() {
    return RouterRig.request(null, null, "gpt-4", "a question", null, null);
  }

  private static JsonObject context(Failure failure) {
    return new JsonObject(failure.context());
  }

  private static int candidates(Failure failure) {
    return context(failure).getJsonObject("decision").getJsonArray("candidates").size();
  }
}

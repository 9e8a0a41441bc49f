package io.commandcenter.akm.router;

import static io.commandcenter.akm.router.RouterRig.chat;
import static io.commandcenter.akm.router.RouterRig.decisionOnly;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RouteTest {
  private final RouterRig rig = new RouterRig();

  @AfterEach
  void close() {
    rig.close();
  }

  @Test
  void routesTheFourTasksAsConfigured() {
    rig.start();
    rig.route(chat("code_generation"));
    rig.route(RouterRig.embed("embeddings", "a text"));
    rig.route(chat("analysis"));
    rig.route(chat("chat"));
    assertEquals(List.of("anthropic", "local", "openai", "anthropic"), rig.upstream.providers());
  }

  @Test
  void answersWithEverythingFilled() {
    var answer = rig.start().route(chat("chat"));
    assertEquals("hello", answer.text());
    assertEquals("chat", answer.operation());
    assertEquals("stop", answer.finishReason());
    assertEquals(15, answer.usage().totalTokens());
    assertEquals(new BigDecimal("0.000015"), answer.costUsd());
    assertEquals("anthropic", answer.decision().chosen().provider());
    assertEquals("ok", answer.attempts().get(0).outcome());
    assertNull(answer.embeddings());
    assertTrue(answer.requestId().matches("req_[0-9a-f]{32}"), answer.requestId());
    assertTrue(answer.decision().decisionId().matches("dec_[0-9a-f]{32}"));
  }

  @Test
  void sendsTheKeyThatTheVaultLent() {
    rig.start().route(chat("chat"));
    assertEquals(Secret.of("secret of key_anthropic"), rig.upstream.sent.peek().key());
    assertEquals("tok_test", rig.rooms.leases.peek().by());
  }

  @Test
  void takesNoLeaseForAProviderWithoutAKey() {
    rig.start().route(RouterRig.provider("local"));
    assertNull(rig.upstream.sent.peek().key());
    assertEquals(0, rig.rooms.leases.size());
  }

  @Test
  void holdsAnUpperBoundBeforeItSends() {
    rig.start().route(RouterRig.request("chat", null, null, "é".repeat(100), null, null));
    var hold = rig.rooms.holds.peek();
    assertEquals(64 + 16 + 200, hold.maxInputTokens());
    assertEquals(1000, hold.maxOutputTokens());
    assertEquals(Map.of("team", "blue"), hold.tags());
    assertEquals("tok_test", hold.principal());
    assertEquals("chat", hold.task());
  }

  @Test
  void countsEveryScriptInBytes() {
    for (var text : List.of("plain", "é", "漢字", "🙂🙂", "\uD83D", "a\u07FF\u0800")) {
      var utf8 = text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
      var counted = PromptSize.maxTokens(RouterRig.request(null, null, null, text, null, null));
      assertTrue(counted >= 80 + utf8 && counted <= 80 + utf8 + 1, text);
    }
  }

  @Test
  void sendsMessagesAsTheyAre() {
    var messages = List.of(new Message("system", "be short"), new Message("user", "hello"));
    rig.start()
        .route(
            new RouteRequest(
                "chat",
                null,
                null,
                null,
                null,
                messages,
                null,
                50,
                0.5,
                List.of("END"),
                null,
                null,
                null,
                null));
    var sent = (ProviderRequest.Chat) rig.upstream.sent.peek().request();
    assertEquals(
        new ProviderRequest.Chat("claude-3-5-sonnet", messages, 50, 0.5, List.of("END")), sent);
    assertEquals(64 + 16 + 8 + 16 + 5, rig.rooms.holds.peek().maxInputTokens());
  }

  @Test
  void answersEmbeddings() {
    rig.upstream.script =
        sent ->
            Future.succeededFuture(
                new ProviderReply.Answered(
                    200, null, List.of(List.of(0.5, 0.25)), "stop", TokenUsage.of(3, 0), null));
    var answer = rig.start().route(RouterRig.embed(null, "a text"));
    assertEquals(List.of(List.of(0.5, 0.25)), answer.embeddings());
    assertEquals("embeddings", answer.operation());
    assertEquals("codellama", rig.upstream.sent.peek().request().model());
    assertEquals(0, rig.rooms.holds.peek().maxOutputTokens());
  }

  @Test
  void settlesWithWhatTheProviderSaid() {
    rig.start().route(chat("chat"));
    var settle = rig.rooms.settles.peek();
    assertEquals(TokenUsage.of(10, 5), settle.usage());
    assertEquals("ok", settle.outcome());
    assertEquals("served-model", settle.servedModel());
    assertEquals(rig.rooms.holds.peek(), settle.attempt());
    assertEquals(settle.attempt().requestId() + "/1", settle.holdId());
  }

  @Test
  void answersTheDecisionOnlyWithoutAnythingToSend() {
    var answer = rig.start().route(decisionOnly("analysis"));
    assertEquals("openai", answer.decision().chosen().provider());
    assertNull(answer.decision().chosen().estimatedCostUsd());
    assertEquals(List.of(), answer.attempts());
    assertEquals(0, rig.rooms.holds.size() + rig.upstream.sent.size());
  }

  @Test
  void decidesForEmbeddingsWhenTheTaskSaysSo() {
    var answer = rig.start().route(decisionOnly("embeddings"));
    assertEquals("embeddings", answer.decision().operation());
    assertEquals("local", answer.decision().chosen().provider());
  }

  @Test
  void answersADecisionThatNobodyMayTakeTheRequest() {
    rig.prices.without("anthropic").without("openai").without("local");
    var answer = rig.start().route(decisionOnly("chat"));
    assertNull(answer.decision().chosen());
    assertEquals("no-price", answer.decision().candidates().get(0).reason());
  }

  @Test
  void listsEveryConfiguredProviderInTheDecision() {
    var decision = rig.start().route(chat("chat")).decision();
    assertEquals(
        Set.of("anthropic", "openai", "google", "local"),
        decision.candidates().stream().map(c -> c.provider()).collect(Collectors.toSet()));
  }

  @Test
  void refusesWhatNobodyKnows() {
    rig.start();
    assertEquals(Code.UNKNOWN_TASK, rig.refusal(chat("poetry")).code());
    assertEquals(Code.UNKNOWN_PROVIDER, rig.refusal(RouterRig.provider("nobody")).code());
    var model = rig.refusal(RouterRig.request(null, null, "gpt-5", "x", null, null));
    assertEquals(Code.UNKNOWN_MODEL, model.code());
    assertTrue(model.detail().contains("gpt-4"), model.detail());
  }

  @Test
  void refusesAnUnknownStrategy() {
    var request =
        new RouteRequest(
            "chat", null, null, "fastest", "x", null, null, null, null, null, null, null, null,
            null);
    assertEquals(Code.BAD_REQUEST, rig.start().refusal(request).code());
  }

  @Test
  void refusesWithTheDecisionWhenNobodyMayTakeTheRequest() {
    rig.prices.without("anthropic").without("openai").without("local");
    var failure = rig.start().refusal(chat("chat"));
    assertEquals(Code.NO_CANDIDATE, failure.code());
    var decision = decision(failure);
    assertEquals(4, decision.getJsonArray("candidates").size());
  }

  @Test
  void looksAtTheCostCap() {
    var failure =
        rig.start().refusal(RouterRig.request(null, null, "gpt-4", "x", null, "0.000001"));
    assertEquals(Code.NO_CANDIDATE, failure.code());
  }

  @Test
  void publishesTheDecision() {
    var decided = new ConcurrentLinkedQueue<Facts.RoutingDecided>();
    rig.bus.hear(Facts.ROUTING_DECIDED, decided::add);
    var answer = rig.start().route(chat("chat"));
    rig.eventually(() -> decided.size() == 1);
    assertEquals(answer.decision().decisionId(), decided.peek().decisionId());
    assertEquals("anthropic", decided.peek().provider());
  }

  @Test
  void publishesHowEachAttemptEnded() {
    var ended = new ConcurrentLinkedQueue<Facts.AttemptEnded>();
    rig.bus.hear(Facts.ATTEMPT_ENDED, ended::add);
    rig.upstream.failing("anthropic", ErrorClass.OVERLOADED);
    rig.start().route(chat("chat"));
    rig.eventually(() -> ended.size() == 2);
    assertEquals(
        List.of("anthropic overloaded", "openai ok"),
        ended.stream().map(e -> e.provider() + " " + e.outcome()).toList());
  }

  @Test
  void givesEveryRequestItsOwnId() {
    rig.start();
    assertNotEquals(rig.route(chat("chat")).requestId(), rig.route(chat("chat")).requestId());
  }

  @Test
  void tellsTheUpstreamTheTimeLeft() {
    rig.start().route(RouterRig.request("chat", null, null, "x", 4321L, null));
    assertEquals(Duration.ofMillis(4321), rig.upstream.sent.peek().timeLeft());
  }

  private static JsonObject decision(Failure failure) {
    return new JsonObject(failure.context()).getJsonObject("decision");
  }
}

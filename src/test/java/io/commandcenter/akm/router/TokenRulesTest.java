package io.commandcenter.akm.router;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.core.grants.Grant;
import io.commandcenter.akm.core.grants.RateLimit;
import io.commandcenter.akm.core.grants.SpendLimit;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a token's grant means to the router, over the bus. */
class TokenRulesTest {
  private RouterRig rig;

  @BeforeEach
  void start() {
    rig = new RouterRig().start();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private static RouteRequest by(RouteRequest request, Grant grant) {
    return request.from(new Principal("tok_a", "agent", Scope.CLIENT, true, grant));
  }

  private static Grant models(String... models) {
    return new Grant(null, List.of(models), null, null, null);
  }

  private static Grant rates(RateLimit... rates) {
    return new Grant(null, null, null, List.of(rates), null);
  }

  @Test
  void aGrantSurvivesTheWireOfTheBus() {
    var grant =
        new Grant(
            List.of("chat"),
            List.of("gpt-*"),
            List.of("openai"),
            List.of(new RateLimit("tok_a", 5)),
            List.of(new SpendLimit("tok_a", "day", 7)));
    var request = by(RouterRig.chat("chat"), grant);
    assertEquals(request, Wire.fromJson(Wire.toJson(request), RouteRequest.class));
  }

  @Test
  void aDecisionExplainsWhatTheTokenMayNotUse() {
    var decision = rig.route(by(RouterRig.decisionOnly("chat"), models("openai/gpt-4"))).decision();
    assertEquals("openai", decision.chosen().provider());
    assertTrue(decision.explanation().contains("anthropic (not allowed)"), decision.explanation());
    assertTrue(
        decision.candidates().stream()
            .anyMatch(c -> c.provider().equals("local") && c.reason().equals("not-allowed")));
  }

  @Test
  void anUnallowedModelIsForbiddenAndTheAllowedAreNamed() {
    var request = RouterRig.request(null, null, "gpt-4", "a question", null, null);
    var refusal = rig.refusal(by(request, models("claude-*", "codellama")));
    assertEquals(Code.FORBIDDEN, refusal.code());
    assertEquals(
        "the token may not use this `model`; it may use: claude-*, codellama", refusal.detail());
    assertEquals(0, rig.upstream.sent.size());
  }

  @Test
  void aCallerOfTheBusWithoutAGrantIsTrusted() {
    assertEquals("anthropic", rig.route(RouterRig.chat("chat")).attempts().get(0).provider());
  }

  /** Seen failing with the grant's rates not taken. */
  @Test
  void countsRequestsOfTheTokenAndItsAncestorsAndSaysWhenToComeAgain() {
    var parent = new RateLimit("tok_parent", 3);
    var mine = by(RouterRig.decisionOnly("chat"), rates(new RateLimit("tok_a", 2), parent));
    rig.route(mine);
    rig.route(mine);
    var refusal = rig.refusal(mine);
    assertEquals(Code.RATE_LIMITED, refusal.code());
    var wait = ((Number) refusal.context().get(Failure.RETRY_AFTER_MS)).longValue();
    assertTrue(wait > 0 && wait <= 60_001, () -> "wait " + wait);

    var siblings = by(RouterRig.decisionOnly("chat"), rates(new RateLimit("tok_b", 2), parent));
    rig.route(siblings);
    assertEquals(Code.RATE_LIMITED, rig.refusal(siblings).code());
  }
}

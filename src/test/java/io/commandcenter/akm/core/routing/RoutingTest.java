package io.commandcenter.akm.core.routing;

import static io.commandcenter.akm.core.routing.Situation.chat;
import static io.commandcenter.akm.core.routing.Situation.embed;
import static io.commandcenter.akm.core.routing.Situation.target;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.routing.Outcome.Name;
import io.commandcenter.akm.core.routing.Outcome.Unknown;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RoutingTest {
  private final Situation situation = new Situation();

  @Test
  void triesThePreferredProviderFirstThenTheTaskThenTheFallbacks() {
    assertEquals(
        List.of("local", "anthropic", "openai"), situation.order(Situation.provider("local")));
    assertEquals(
        Reason.PREFERRED,
        situation.verdict(Situation.provider("local")).candidates().get(0).reason());
  }

  @Test
  void takesTheTasksModelForThePreferredProvider() {
    situation.task("chat", StrategyName.PRIORITY, new Task.Target("anthropic", "claude-3-opus", 1));
    assertEquals("claude-3-opus", first(Situation.provider("anthropic")).model());
  }

  @Test
  void goesOnWhenThePreferredProviderIsDisabled() {
    assertEquals(
        List.of("anthropic", "openai", "local"), situation.order(Situation.provider("google")));
  }

  @Test
  void offersAModelOnlyWhereItIsListed() {
    assertEquals(
        """
        1 openai/gpt-4 key_openai explicit-model: offers the model that was asked for
        - anthropic/null null model-not-offered: does not list the model asked for
        - google/null null disabled: disabled in the routing configuration
        - local/null null model-not-offered: does not list the model asked for
        Task chat goes to openai with gpt-4 (offers the model that was asked for); passed over: anthropic (model not offered), google (disabled), local (model not offered).
        """,
        situation.golden(Situation.model("gpt-4")));
  }

  @Test
  void readsProviderAndModelInOne() {
    another("gpt-4");
    assertEquals(List.of("openai", "other"), situation.order(Situation.model("gpt-4")));
    assertEquals(List.of("other"), situation.order(Situation.model("other/gpt-4")));
  }

  @Test
  void takesAListedNameWithASlashAsItStands() {
    another("openai/gpt-4");
    assertEquals(List.of("other"), situation.order(Situation.model("openai/gpt-4")));
  }

  @Test
  void putsThePreferredProviderFirstAmongThoseThatOfferTheModel() {
    another("gpt-4");
    var query =
        new Query(Operation.CHAT, null, "other", "gpt-4", null, new Query.Size(10, 10, null));
    assertEquals(List.of("other", "openai"), situation.order(query));
  }

  @Test
  void namesNearModelsForAnUnknownOne() {
    var unknown = assertInstanceOf(Unknown.class, situation.decide(Situation.model("gtp-4")));
    assertEquals(Name.MODEL, unknown.name());
    assertEquals("gpt-4", unknown.known().get(0));
  }

  @Test
  void doesNotKnowAModelThatOnlyADisabledProviderLists() {
    assertInstanceOf(Unknown.class, situation.decide(Situation.model("gemini-pro")));
    assertInstanceOf(Unknown.class, situation.decide(Situation.model("google/gemini-pro")));
    assertInstanceOf(Unknown.class, situation.decide(Situation.model("nobody/gpt-4")));
    assertInstanceOf(Unknown.class, situation.decide(Situation.model("gpt-4/")));
  }

  @Test
  void namesTheKnownProvidersForAnUnknownOne() {
    assertEquals(
        new Unknown(Name.PROVIDER, List.of("anthropic", "openai", "google", "local")),
        situation.decide(Situation.provider("antropic")));
  }

  @Test
  void namesTheKnownTasksForAnUnknownOne() {
    assertEquals(
        new Unknown(Name.TASK, List.of("code_generation", "embeddings", "analysis", "chat")),
        situation.decide(chat("poetry")));
  }

  @Test
  void followsTheFallbackOrderWithoutAnyTask() {
    situation.tasks.clear();
    assertEquals(List.of("anthropic", "openai", "local"), situation.order(chat(null)));
    assertEquals(null, situation.verdict(chat(null)).task());
  }

  @Test
  void ordersTheFallbacksByTheAskedStrategyWithoutAnyTask() {
    situation.tasks.clear();
    assertEquals(List.of("local", "anthropic", "openai"), situation.order(cheapest(null)));
  }

  @Test
  void ordersTargetsByTheirUpperBoundWhenCheapest() {
    situation.task(
        "chat", StrategyName.CHEAPEST, target("openai"), target("anthropic"), target("local"));
    assertEquals(List.of("local", "anthropic", "openai"), situation.order(chat("chat")));
  }

  @Test
  void takesTheAskedStrategyBeforeTheTasksOwn() {
    situation.task("chat", StrategyName.PRIORITY, target("openai"), target("anthropic"));
    assertEquals(List.of("anthropic", "openai", "local"), situation.order(cheapest("chat")));
    assertEquals(StrategyName.CHEAPEST, situation.verdict(cheapest("chat")).strategy());
  }

  @Test
  void listsATargetOnceThoughItIsAFallbackToo() {
    situation.task("chat", StrategyName.PRIORITY, target("openai"), target("openai"));
    assertEquals(List.of("openai", "anthropic", "local"), situation.order(chat("chat")));
  }

  @Test
  void triesTwoModelsOfOneProvider() {
    situation.task(
        "chat",
        StrategyName.PRIORITY,
        new Task.Target("openai", "gpt-3.5-turbo", 1),
        new Task.Target("openai", "gpt-4", 1));
    assertEquals(List.of("openai", "openai", "anthropic", "local"), situation.order(chat("chat")));
  }

  @Test
  void passesOverATargetThatIsNotConfigured() {
    situation.task("chat", StrategyName.PRIORITY, target("nobody"), target("openai"));
    assertEquals("openai", first(chat("chat")).provider());
  }

  @Test
  void saysThatAProviderStandsInNoOrder() {
    situation.fallbackOrder.clear();
    assertEquals(Reason.NOT_IN_ORDER, situation.exclusion(chat("chat"), "openai"));
    assertEquals(Reason.DISABLED, situation.exclusion(chat("chat"), "google"));
  }

  @Test
  void listsEveryConfiguredProviderInEveryDecision() {
    situation.fallbackOrder.remove("local");
    var queries =
        List.of(
            chat("chat"),
            embed("embeddings"),
            Situation.model("gpt-4"),
            Situation.provider("local"));
    for (var query : queries) {
      var verdict = situation.verdict(query);
      var named =
          Stream.concat(
                  verdict.candidates().stream().map(Candidate::provider),
                  verdict.excluded().stream().map(Excluded::provider))
              .collect(Collectors.toSet());
      assertEquals(Set.of("anthropic", "openai", "google", "local"), named);
    }
  }

  @Test
  void passesOverAnEmbeddingModelForAChat() {
    situation.prices.model("gpt-4", "embedding", null, null);
    situation.prices.model("claude-3-5-sonnet", "embedding", null, null);
    situation.prices.model("claude-3-opus", "embedding", null, null);
    assertEquals("gpt-3.5-turbo", first(chat("analysis")).model());
    assertEquals(Reason.NO_MODEL, situation.exclusion(chat("chat"), "anthropic"));
  }

  @Test
  void findsTheEmbeddingModelOfAProvider() {
    situation.prices.model("gpt-3.5-turbo", "embedding", null, null);
    situation.prices.model("mistral", "embedding", null, null);
    var candidates = situation.verdict(embed("embeddings")).candidates();
    assertEquals(
        List.of("mistral", "gpt-3.5-turbo"), candidates.stream().map(Candidate::model).toList());
    assertEquals(0, candidates.get(0).maxOutputTokens());
  }

  @Test
  void trustsAnEmbeddingModelThatTheTaskNames() {
    situation.task("embeddings", StrategyName.PRIORITY, new Task.Target("openai", "embed-next", 1));
    assertEquals("embed-next", first(embed("embeddings")).model());
  }

  @Test
  void refusesToEmbedWithANamedChatModelOfAProviderThatCannot() {
    situation.prices.model("gpt-4", "chat", null, null);
    situation.prices.model("mistral", "chat", null, null);
    situation.task(
        "embeddings",
        StrategyName.PRIORITY,
        new Task.Target("openai", "gpt-4", 1),
        new Task.Target("local", "mistral", 1));
    assertEquals(Reason.NO_EMBEDDINGS, situation.exclusion(embed("embeddings"), "openai"));
    assertEquals("mistral", first(embed("embeddings")).model());
  }

  @Test
  void capsTheOutputByWhatTheModelCan() {
    situation.prices.model("claude-3-5-sonnet", "chat", 200_000L, 300L);
    var candidate = first(chat("chat"));
    assertEquals(300, candidate.maxOutputTokens());
    assertEquals(1300L * 15_000_000 / 1000, candidate.maxCostNanos());
    assertEquals(200_000L, candidate.contextTokens());
  }

  @Test
  void excludesAModelWithoutAPrice() {
    situation.prices.without("anthropic");
    assertEquals(Reason.NO_PRICE, situation.exclusion(chat("chat"), "anthropic"));
  }

  @Test
  void excludesWhatMayCostMoreThanTheCallerAllows() {
    var size = new Query.Size(1000, 1000, 2000L * 15_000_000 / 1000 - 1);
    var query = new Query(Operation.CHAT, "chat", null, null, null, size);
    assertEquals(List.of("local"), situation.order(query));
    assertEquals(Reason.TOO_EXPENSIVE, situation.exclusion(query, "anthropic"));
  }

  @Test
  void excludesACostTooLargeToCount() {
    var size = new Query.Size(Long.MAX_VALUE / 1000, 1000, null);
    var query = new Query(Operation.CHAT, "chat", null, null, null, size);
    assertEquals(List.of("local"), situation.order(query));
  }

  @Test
  void excludesAProviderWithoutAKey() {
    situation.change("anthropic", p -> Situation.keys(p));
    assertEquals(Reason.NO_KEY, situation.exclusion(chat("chat"), "anthropic"));
  }

  @Test
  void excludesAProviderWhoseKeysAreAllDisabled() {
    situation.change("anthropic", p -> Situation.keys(p, new KeyFacts("key_a", "a", 1, false)));
    assertEquals(Reason.NO_KEY, situation.exclusion(chat("chat"), "anthropic"));
  }

  @Test
  void offersTheOtherKeyWhileOneCools() {
    situation.change(
        "anthropic",
        p ->
            Situation.keys(
                p, new KeyFacts("key_a", "a", 1000, true), new KeyFacts("key_b", "b", 1, true)));
    situation.cool("anthropic", "key_a", null, Duration.ofSeconds(30));
    assertEquals("key_b", first(chat("chat")).keyId());
    assertEquals(Reason.KEY_COOLING, situation.exclusion(chat("chat"), "anthropic"));
  }

  @Test
  void coolsAKeyForOneModelOnly() {
    situation.cool("anthropic", "key_anthropic", "claude-3-5-sonnet", Duration.ofHours(1));
    assertEquals(Reason.KEY_COOLING, situation.exclusion(chat("chat"), "anthropic"));
    assertEquals("claude-3-opus", first(Situation.model("claude-3-opus")).model());
  }

  @Test
  void usesTheKeyOfAProviderThatNeedsNone() {
    situation.change("local", p -> Situation.keys(p, new KeyFacts("key_l", "l", 1, true)));
    assertEquals("key_l", first(Situation.provider("local")).keyId());
  }

  @Test
  void letsOneRequestTryARecoveringProvider() {
    situation.change("anthropic", p -> Situation.condition(p, Condition.PROBING, false));
    assertEquals("anthropic", first(chat("chat")).provider());
    situation.change("anthropic", p -> Situation.condition(p, Condition.PROBING, true));
    assertEquals(Reason.UNHEALTHY, situation.exclusion(chat("chat"), "anthropic"));
  }

  @Test
  void usesAProviderThatWasNeverUsed() {
    situation.change("anthropic", p -> Situation.condition(p, Condition.UNKNOWN, false));
    assertEquals("anthropic", first(chat("chat")).provider());
  }

  @Test
  void saysTheSoonestTimeWhenAllCoolOrAreLimited() {
    situation.cool("anthropic", null, null, Duration.ofSeconds(30));
    situation.change("openai", p -> Situation.limited(p, Duration.ofSeconds(12)));
    situation.cool("local", null, "codellama", Duration.ofSeconds(20));
    var refused = assertInstanceOf(Outcome.Refused.class, situation.decide(chat("chat")));
    assertEquals(Optional.of(Duration.ofSeconds(12)), refused.soonest());
    assertEquals(Reason.COOLING_DOWN, situation.exclusion(chat("chat"), "anthropic"));
    assertEquals(Reason.RATE_LIMITED, situation.exclusion(chat("chat"), "openai"));
    assertEquals(Reason.COOLING_DOWN, situation.exclusion(chat("chat"), "local"));
  }

  @Test
  void saysNoTimeWhenNoneWillOpenByItself() {
    List.of("anthropic", "openai", "local").forEach(situation::down);
    var refused = assertInstanceOf(Outcome.Refused.class, situation.decide(chat("chat")));
    assertEquals(Optional.empty(), refused.soonest());
  }

  @Test
  void explainsWithoutATask() {
    situation.tasks.clear();
    assertTrue(situation.verdict(chat(null)).explanation().startsWith("The request goes to"));
  }

  private void another(String model) {
    situation.provider("other", true, EmbeddingSupport.NONE, model);
    situation.prices.price("other", 1);
  }

  private Candidate first(Query query) {
    return situation.verdict(query).candidates().get(0);
  }

  private static Query cheapest(String task) {
    return new Query(
        Operation.CHAT, task, null, null, StrategyName.CHEAPEST, new Query.Size(1000, 1000, null));
  }
}

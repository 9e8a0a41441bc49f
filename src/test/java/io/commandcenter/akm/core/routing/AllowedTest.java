package io.commandcenter.akm.core.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.commandcenter.akm.core.grants.Grant;
import io.commandcenter.akm.core.routing.Outcome.Forbidden;
import io.commandcenter.akm.core.routing.Outcome.Name;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a token may use. Seen failing with the Sieve's check and with forbiddenName taken out. */
class AllowedTest {
  private final Situation situation = new Situation();

  private static Query within(Query query, Grant grant) {
    return new Query(
        query.operation(),
        query.task(),
        query.provider(),
        query.model(),
        query.strategy(),
        query.size(),
        grant);
  }

  private static Grant models(String... models) {
    return new Grant(null, List.of(models), null, null, null);
  }

  private static Grant providers(String... providers) {
    return new Grant(null, null, List.of(providers), null, null);
  }

  private static Grant tasks(String... tasks) {
    return new Grant(List.of(tasks), null, null, null, null);
  }

  private Forbidden forbidden(Query query) {
    return assertInstanceOf(Forbidden.class, situation.decide(query));
  }

  @Test
  void passesOverAProviderThatIsNotAllowedAndSaysSo() {
    var query = within(Situation.chat("chat"), providers("openai"));
    assertEquals(List.of("openai"), situation.order(query));
    assertEquals(Reason.NOT_ALLOWED, situation.exclusion(query, "anthropic"));
    assertEquals(Reason.NOT_ALLOWED, situation.exclusion(query, "local"));
  }

  @Test
  void takesTheFirstAllowedModelOfAProvider() {
    var query = within(Situation.chat("chat"), models("claude-3-opus"));
    assertEquals("claude-3-opus", situation.verdict(query).candidates().get(0).model());
    assertEquals(1, situation.verdict(query).candidates().size());
    assertEquals(Reason.NOT_ALLOWED, situation.exclusion(query, "openai"));
  }

  @Test
  void keepsToATargetsModelThoughOnlyAnotherIsAllowed() {
    situation.task(
        "fixed", StrategyName.PRIORITY, new Task.Target("anthropic", "claude-3-5-sonnet", 1));
    var query = within(Situation.chat("fixed"), models("claude-3-opus", "gpt-*"));
    assertEquals(Reason.NOT_ALLOWED, situation.exclusion(query, "anthropic"));
    assertEquals(List.of("openai"), situation.order(query));
  }

  @Test
  void refusesAModelNamedExplicitlyAndNamesTheAllowed() {
    var refusal = forbidden(within(Situation.model("gpt-4"), models("claude-*")));
    assertEquals(new Forbidden(Name.MODEL, List.of("claude-*")), refusal);
  }

  @Test
  void refusesAModelOfAProviderThatIsNotAllowed() {
    var refusal = forbidden(within(Situation.model("openai/gpt-4"), providers("anthropic")));
    assertEquals(new Forbidden(Name.PROVIDER, List.of("anthropic")), refusal);
  }

  @Test
  void refusesAProviderNamedExplicitly() {
    var refusal = forbidden(within(Situation.provider("openai"), providers("anthropic")));
    assertEquals(Name.PROVIDER, refusal.name());
  }

  @Test
  void refusesATaskNamedExplicitlyAndTheOneThatIsMeantByNone() {
    assertEquals(
        new Forbidden(Name.TASK, List.of("analysis")),
        forbidden(within(Situation.chat("chat"), tasks("analysis"))));
    assertEquals(Name.TASK, forbidden(within(Situation.model("gpt-4"), tasks("analysis"))).name());
    assertEquals(Name.TASK, forbidden(within(Situation.embed(null), tasks("analysis"))).name());
  }

  @Test
  void refusesWhatIsNotAllowedThoughNoSuchTaskIsConfigured() {
    situation.tasks.remove("chat");
    assertEquals(Name.TASK, forbidden(within(Situation.model("gpt-4"), tasks("analysis"))).name());
  }

  @Test
  void limitsNothingWithoutAGrant() {
    var query = Situation.chat("chat");
    assertEquals(
        situation.order(query), situation.order(within(Situation.chat("chat"), Grant.ALL)));
  }
}

package io.commandcenter.akm.core.routing;

import static io.commandcenter.akm.core.routing.Situation.chat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Shares over 10,000 seeded draws: three standard deviations are below 150. */
class WeightsTest {
  private static final int DRAWS = 10_000;

  private final Situation situation = new Situation();

  @Test
  void sharesTheTargetsOfATaskByWeight() {
    weighted();
    var shares = draw(Candidate::provider);
    assertNear(7000, shares.get("anthropic"));
    assertNear(2000, shares.get("openai"));
    assertNear(1000, shares.get("local"));
  }

  @Test
  void keepsTheProportionsOfThoseThatAreLeft() {
    weighted();
    situation.down("anthropic");
    var shares = draw(Candidate::provider);
    assertNear(6667, shares.get("openai"));
    assertNear(3333, shares.get("local"));
  }

  @Test
  void keepsTheOtherTargetsAsFallbacks() {
    weighted();
    assertEquals(3, situation.verdict(chat("chat")).candidates().size());
    assertEquals(
        Reason.LOAD_BALANCED, situation.verdict(chat("chat")).candidates().get(0).reason());
  }

  @Test
  void sharesTheKeysOfAProviderByWeight() {
    situation.change(
        "anthropic",
        p ->
            Situation.keys(
                p, new KeyFacts("key_a", "a", 3, true), new KeyFacts("key_b", "b", 1, true)));
    var shares = draw(Candidate::keyId);
    assertNear(7500, shares.get("key_a"));
    assertNear(2500, shares.get("key_b"));
  }

  @Test
  void listsEveryKeyOfTheFirstProviderBeforeTheNextProvider() {
    situation.change(
        "anthropic",
        p ->
            Situation.keys(
                p, new KeyFacts("key_a", "a", 3, true), new KeyFacts("key_b", "b", 1, true)));
    assertEquals(
        List.of("anthropic", "anthropic", "openai", "local"), situation.order(chat("chat")));
  }

  private void weighted() {
    situation.task(
        "chat",
        StrategyName.WEIGHTED,
        new Task.Target("anthropic", null, 7),
        new Task.Target("openai", null, 2),
        new Task.Target("local", null, 1));
  }

  private Map<String, Integer> draw(Function<Candidate, String> of) {
    var shares = new HashMap<String, Integer>();
    for (int i = 0; i < DRAWS; i++) {
      shares.merge(of.apply(situation.verdict(chat("chat")).candidates().get(0)), 1, Integer::sum);
    }
    return shares;
  }

  private static void assertNear(int expected, int actual) {
    assertTrue(Math.abs(expected - actual) < 150, "expected about " + expected + ", got " + actual);
  }
}

package io.commandcenter.akm.core.grants;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NarrowingTest {
  @ParameterizedTest
  @CsvSource({
    "gpt-4, openai, gpt-4, true",
    "gpt-4, openai, gpt-4o, false",
    "gpt-4*, openai, gpt-4o, true",
    "openai/*, openai, anything, true",
    "openai/*, azure, anything, false",
    "openai/gpt-4, azure, gpt-4, false",
    "*, openai, gpt-4, true",
    // What stands before the first slash is the provider, never part of a model's own name.
    "openai/gpt-4, openrouter, openai/gpt-4, false",
    "openrouter/openai/gpt-4, openrouter, openai/gpt-4, true",
    "open*, openai, gpt-4, false",
  })
  void matchesAModelOfAProvider(String pattern, String provider, String model, boolean matches) {
    assertEquals(matches, ModelPattern.of(pattern).matches(provider, model));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt-4", "*", "a/b*", "models/gemini:8b@x+1"})
  void takesPatterns(String text) {
    assertTrue(ModelPattern.wellFormed(text));
    assertEquals(text, ModelPattern.of(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "g*t", "**", "-x", "a\nb", "' or 1=1 --", "a%"})
  void takesNothingElse(String text) {
    assertFalse(ModelPattern.wellFormed(text));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-*, claude-opus, claude-opus",
    "claude-opus, claude-*, claude-opus",
    "openai/*, gpt-4, openai/gpt-4",
    "gpt-4, openai/*, openai/gpt-4",
    "gpt-*, openai/gpt-4*, openai/gpt-4*",
    "*, x/y, x/y",
  })
  void narrowsAPatternByAnother(String parent, String asked, String both) {
    assertEquals(Optional.of(List.of(both)), Narrowing.models(List.of(parent), List.of(asked)));
  }

  /** Seen failing with an empty list in the place of "nothing in common". */
  @Test
  void nothingInCommonIsNotEverything() {
    assertEquals(Optional.empty(), Narrowing.names(List.of("chat"), List.of("analysis")));
    assertEquals(Optional.empty(), Narrowing.models(List.of("gpt-*"), List.of("claude-*")));
    assertEquals(Optional.empty(), Narrowing.models(List.of("a/*"), List.of("b/*")));
  }

  @Test
  void whoAsksForNothingGetsTheParents() {
    assertEquals(Optional.of(List.of("chat")), Narrowing.names(List.of("chat"), List.of()));
    assertEquals(Optional.of(List.of("x")), Narrowing.names(List.of(), List.of("x")));
    assertEquals(Optional.of(List.of()), Narrowing.names(List.of(), List.of()));
    assertEquals(3L, Narrowing.least(null, 3L));
    assertEquals(2L, Narrowing.least(2L, 3L));
  }

  /** Seen failing with `covers` turned round: the wider pattern survived. */
  @Test
  void noChildIsEverWiderAndNothingSharedIsLost() {
    var random = new SplittableRandom(7);
    for (int round = 0; round < 20_000; round++) {
      var parent = patterns(random);
      var asked = patterns(random);
      var child = Narrowing.models(parent, asked);
      for (var provider : List.of("a", "b")) {
        for (var model : List.of("x", "xy", "xyz", "y", "a/x")) {
          boolean both = allows(parent, provider, model) && allows(asked, provider, model);
          boolean given = child.isPresent() && allows(child.get(), provider, model);
          assertEquals(both, given, () -> parent + " and " + asked + " gave " + child);
        }
      }
    }
  }

  private static boolean allows(List<String> models, String provider, String model) {
    return new Grant(null, models, null, null, null).allows(provider, model);
  }

  private static List<String> patterns(SplittableRandom random) {
    var all =
        List.of("x", "x*", "xy*", "xyz", "y", "*", "a/x", "a/x*", "a/*", "b/*", "b/xy", "a/a/x");
    var some = new ArrayList<String>();
    for (int i = random.nextInt(4); i > 0; i--) {
      some.add(all.get(random.nextInt(all.size())));
    }
    return some;
  }
}

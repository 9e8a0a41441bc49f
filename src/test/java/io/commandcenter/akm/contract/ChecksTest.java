package io.commandcenter.akm.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.names.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksTest {
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "-a", "a b", "a/b", "ä", "a\u0000"})
  void refusesWhatIsNoName(String value) {
    var refused = assertThrows(Failure.class, () -> Checks.name(value, "label"));
    assertEquals(Code.BAD_REQUEST, refused.code());
    assertTrue(refused.detail().contains("`label`"));
  }

  @Test
  void aNameHasAtMost64Characters() {
    assertEquals(64, Checks.name("a".repeat(64), "label").length());
    assertThrows(Failure.class, () -> Checks.name("a".repeat(65), "label"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"path", "AKM_MASTER_KEY", "A-B", "1KEY", ""})
  void refusesAVariableThatMayHoldNoProviderKey(String value) {
    assertThrows(Failure.class, () -> Checks.environmentName(value, "env_var"));
  }

  @Test
  void textsAndListsHaveBounds() {
    assertEquals(
        Code.TOO_LARGE, assertThrows(Failure.class, () -> Checks.text("abc", "text", 2)).code());
    assertEquals(
        Code.BAD_REQUEST, assertThrows(Failure.class, () -> Checks.text(" ", "text", 2)).code());
    assertEquals(
        Code.TOO_LARGE,
        assertThrows(Failure.class, () -> Checks.list(List.of(1, 2), "list", 1)).code());
    assertThrows(
        Failure.class, () -> Checks.list(new ArrayList<>(Arrays.asList(1, null)), "list", 5));
    assertEquals(List.of(), Checks.list(null, "list", 1));
    assertThrows(Failure.class, () -> Checks.range(11, "n", 1, 10));
  }

  @Test
  void aScopeIncludesTheOnesBelowIt() {
    assertTrue(Scope.ADMIN.includes(Scope.READ_ONLY));
    assertFalse(Scope.READ_ONLY.includes(Scope.CLIENT));
    assertEquals(Scope.READ_ONLY, Scope.ofSlug("read-only"));
    assertThrows(Failure.class, () -> Scope.ofSlug("root"));
  }

  @Test
  void suggestsTheNearestNameOnly() {
    assertEquals("anthropic", Nearest.to("antropic", List.of("openai", "anthropic")).orElseThrow());
    assertEquals("", Nearest.hint("zzzzzzzzzz", List.of("openai", "anthropic")));
    assertEquals("; did you mean `openai`?", Nearest.hint("OpenAl", List.of("openai")));
  }
}

package io.commandcenter.akm.translation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a table says must come of a feature.
 *
 * @param refusal a field's name or words of the refusal; null if it is carried out
 * @param checks what stands where; a check without a value wants nothing there
 */
record Outcome(String refusal, List<Check> checks) {
  private static final String REFUSED = "refused ";
  private static final int LONGEST_SHOWN = 40;

  /**
   * @param value as JSON with single quotes, or a variable's name behind a dollar; null for nothing
   */
  record Check(String path, String value) {}

  /** {@code refused words}, or checks {@code path = value} and {@code no path}, joined by "&". */
  static Outcome of(String text) {
    if (text.startsWith(REFUSED)) {
      return new Outcome(text.substring(REFUSED.length()).strip(), List.of());
    }
    return new Outcome(
        null, Arrays.stream(text.split(" & ")).map(String::strip).map(Outcome::check).toList());
  }

  private static Check check(String text) {
    if (text.startsWith("no ")) {
      return new Check(text.substring(3).strip(), null);
    }
    var at = text.indexOf(" = ");
    if (at < 0) {
      throw new IllegalArgumentException("neither `path = value` nor `no path`: " + text);
    }
    return new Check(text.substring(0, at).strip(), text.substring(at + 3).strip());
  }

  /**
   * @param variables what stands for names behind a dollar
   */
  void holdsFor(JsonObject actual, Map<String, Object> variables) {
    for (var check : checks) {
      var found = Json.at(actual, check.path());
      if (check.value() == null) {
        assertNull(found, () -> check.path() + " in " + actual.encodePrettily());
      } else {
        assertEquals(
            wanted(check.value(), variables),
            found,
            () -> check.path() + " in " + actual.encodePrettily());
      }
    }
  }

  private static Object wanted(String value, Map<String, Object> variables) {
    if (!value.startsWith("$")) {
      return Json.value(value);
    }
    var wanted = variables.get(value.substring(1));
    if (wanted == null) {
      throw new IllegalArgumentException("no variable " + value);
    }
    return wanted;
  }

  /** As a cell of a document: where it stands, and what, if that is one word. */
  String cell() {
    if (refusal != null) {
      return "refused: " + refusal;
    }
    return checks.stream().map(Outcome::shown).distinct().collect(Collectors.joining(", "));
  }

  private static String shown(Check check) {
    if (check.value() == null) {
      return "no `" + check.path() + "`";
    }
    // Places in arrays and long values are for the tests.
    var path = check.path().replaceAll("\\[-?\\d+]", "[]");
    var value = check.value().replace("'", "");
    var shown = value.length() <= LONGEST_SHOWN && !value.startsWith("$");
    return "`" + path + (shown ? ": " + value : "") + "`";
  }
}

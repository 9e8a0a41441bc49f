package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Compares a tool's arguments with its schema. A refusal names the argument and what it may be,
 * never its value; null counts as left out.
 */
public final class SchemaCheck {
  private static final Pattern ECHOABLE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

  private SchemaCheck() {}

  public static void check(Schema schema, Map<String, Object> arguments) {
    object(schema.json(), arguments, "");
  }

  private static void value(Map<String, Object> schema, Object value, String path) {
    switch ((String) schema.get("type")) {
      case "string" -> string(schema, cast(String.class, value, path, "a string"), path);
      case "integer", "number" -> number(schema, cast(Number.class, value, path, "a number"), path);
      case "boolean" -> cast(Boolean.class, value, path, "true or false");
      case "array" -> array(schema, cast(List.class, value, path, "an array"), path);
      default -> object(schema, cast(Map.class, value, path, "an object"), path + ".");
    }
  }

  private static void object(Map<String, Object> schema, Map<?, ?> members, String prefix) {
    if (schema.get("additionalProperties") instanceof Map<?, ?>) {
      members(map(schema.get("additionalProperties")), members, prefix);
      return;
    }
    var known = map(schema.get("properties"));
    for (var name : members.keySet()) {
      if (!known.containsKey(name)) {
        throw unknown(String.valueOf(name), known, prefix);
      }
    }
    for (var name : (List<?>) schema.get("required")) {
      if (members.get(name) == null) {
        throw Failure.badRequest("`" + prefix + name + "` is required");
      }
    }
    members.forEach(
        (name, value) -> {
          if (value != null) {
            value(map(known.get(name)), value, prefix + name);
          }
        });
  }

  /** Of a map: its names are the caller's own, and not repeated. */
  private static void members(Map<String, Object> schema, Map<?, ?> members, String prefix) {
    var path = prefix.substring(0, Math.max(0, prefix.length() - 1));
    for (var member : members.values()) {
      value(schema, member, path);
    }
  }

  private static Failure unknown(String name, Map<String, Object> known, String prefix) {
    var which = ECHOABLE.matcher(name).matches() ? "argument `" + prefix + name + "`" : "argument";
    return Failure.badRequest(
        "unknown " + which + "; known are " + String.join(", ", known.keySet()));
  }

  private static void string(Map<String, Object> schema, String value, String path) {
    if (schema.get("enum") instanceof List<?> allowed && !allowed.contains(value)) {
      throw Failure.badRequest("`" + path + "` must be one of " + join(allowed));
    }
    if (schema.get("maxLength") instanceof Integer most && value.length() > most) {
      throw new Failure(
          Code.TOO_LARGE, "`" + path + "` has more than " + most + " characters; send less");
    }
  }

  private static void number(Map<String, Object> schema, Number value, String path) {
    if (Double.isInfinite(value.doubleValue())) {
      throw Failure.badRequest("`" + path + "` is too large a number");
    }
    var number = new BigDecimal(value.toString());
    if ("integer".equals(schema.get("type")) && number.stripTrailingZeros().scale() > 0) {
      throw Failure.badRequest("`" + path + "` must be a whole number");
    }
    if (schema.get("minimum") instanceof Long least
        && schema.get("maximum") instanceof Long most
        && (number.compareTo(BigDecimal.valueOf(least)) < 0
            || number.compareTo(BigDecimal.valueOf(most)) > 0)) {
      throw Failure.badRequest("`" + path + "` must be between " + least + " and " + most);
    }
  }

  private static void array(Map<String, Object> schema, List<?> values, String path) {
    if (schema.get("maxItems") instanceof Integer most && values.size() > most) {
      throw new Failure(
          Code.TOO_LARGE, "`" + path + "` has more than " + most + " elements; send less");
    }
    var items = map(schema.get("items"));
    for (int i = 0; i < values.size(); i++) {
      value(items, values.get(i), path + "[" + i + "]");
    }
  }

  private static <T> T cast(Class<T> type, Object value, String path, String expected) {
    if (!type.isInstance(value)) {
      throw Failure.badRequest("`" + path + "` must be " + expected);
    }
    return type.cast(value);
  }

  private static String join(List<?> values) {
    return String.join(", ", values.stream().map(String::valueOf).toList());
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }
}

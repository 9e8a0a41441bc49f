package io.commandcenter.akm.gateway.google;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Google's own subset of OpenAPI as JSON Schema: types in lower case, {@code nullable} as a type,
 * numbers that came as text as numbers. What is JSON Schema already stays as it is.
 */
final class OpenApiSchema {
  private static final Set<String> COUNTS =
      Set.of("minItems", "maxItems", "minLength", "maxLength", "minProperties", "maxProperties");
  // The order of an answer's members is a wish; JSON Schema has no word for it.
  private static final String ORDER = "propertyOrdering";

  private OpenApiSchema() {}

  /** In and out: plain maps, lists, strings, numbers and booleans. */
  static Map<String, Object> jsonSchema(Map<String, Object> schema) {
    var to = new LinkedHashMap<String, Object>();
    schema.forEach(
        (given, value) -> {
          var name = CamelNames.camel(given);
          switch (name) {
            case ORDER, "nullable" -> {}
            case "type" -> putType(to, value);
            case "properties", "defs", "$defs" ->
                to.put(name.equals("defs") ? "$defs" : name, members(value));
            case "ref" -> to.put("$ref", value);
            case "example" -> to.put("examples", Collections.singletonList(value));
            case "default", "enum", "examples", "const" -> to.put(name, value);
            default -> to.put(name, COUNTS.contains(name) ? count(value) : inner(value));
          }
        });
    if (Boolean.TRUE.equals(schema.get("nullable"))) {
      allowNull(to);
    }
    return to;
  }

  private static void putType(Map<String, Object> to, Object type) {
    if (!(type instanceof String text)) {
      to.put("type", type);
    } else if (!text.equals("TYPE_UNSPECIFIED")) {
      to.put("type", text.toLowerCase(Locale.ROOT));
    }
  }

  private static Object members(Object properties) {
    if (!(properties instanceof Map<?, ?> map)) {
      return properties;
    }
    var to = new LinkedHashMap<String, Object>();
    map.forEach((name, schema) -> to.put((String) name, inner(schema)));
    return to;
  }

  @SuppressWarnings("unchecked")
  private static Object inner(Object value) {
    if (value instanceof Map<?, ?> map) {
      return jsonSchema((Map<String, Object>) map);
    }
    return value instanceof List<?> list ? list.stream().map(OpenApiSchema::inner).toList() : value;
  }

  /** Google writes its 64-bit numbers as text. */
  private static Object count(Object value) {
    return value instanceof String text && text.matches("\\d{1,18}") ? Long.valueOf(text) : value;
  }

  private static void allowNull(Map<String, Object> to) {
    if (to.get("type") instanceof String type) {
      to.put("type", List.of(type, "null"));
    }
    if (to.get("anyOf") instanceof List<?> choices) {
      var more = new ArrayList<Object>(choices);
      more.add(Map.of("type", "null"));
      to.put("anyOf", more);
    }
    if (to.get("enum") instanceof List<?> values && !values.contains(null)) {
      var more = new ArrayList<Object>(values);
      more.add(null);
      to.put("enum", more);
    }
  }
}

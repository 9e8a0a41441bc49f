package io.commandcenter.akm.core.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A function that the model may call.
 *
 * @param description null if not said
 * @param schema JSON Schema of its arguments, in plain maps, lists, strings, numbers and booleans
 * @param strict whether the arguments must follow the schema exactly; null if not said
 */
public record Tool(String name, String description, Map<String, Object> schema, Boolean strict) {
  public Tool {
    schema = schema == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(schema));
  }
}

package io.commandcenter.akm.core.chat;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The answer is to be JSON.
 *
 * @param schema null for any JSON object
 * @param name of the schema; null if not said
 * @param strict null if not said
 */
public record OutputFormat(Map<String, Object> schema, String name, Boolean strict) {
  public static final OutputFormat ANY_OBJECT = new OutputFormat(null, null, null);

  public OutputFormat {
    schema = schema == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(schema));
  }
}

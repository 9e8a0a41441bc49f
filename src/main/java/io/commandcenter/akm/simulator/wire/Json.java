package io.commandcenter.akm.simulator.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.List;

/** Writes JSON in one line. */
public final class Json {
  private Json() {}

  /** Names and values in turn; null stays a null. */
  public static JsonObject of(Object... pairs) {
    var object = new JsonObject();
    for (int i = 0; i < pairs.length; i += 2) {
      object.put((String) pairs[i], pairs[i + 1]);
    }
    return object;
  }

  public static JsonArray list(Object... values) {
    return list(List.of(values));
  }

  public static JsonArray list(Collection<?> values) {
    var array = new JsonArray();
    values.forEach(array::add);
    return array;
  }
}

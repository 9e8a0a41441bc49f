package io.commandcenter.akm.gateway.dialect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as plain maps, lists, strings, numbers and booleans, which is what the core takes. */
public final class PlainJson {
  private PlainJson() {}

  public static Map<String, Object> of(JsonObject object) {
    var plain = new LinkedHashMap<String, Object>();
    object.forEach(member -> plain.put(member.getKey(), value(member.getValue())));
    return plain;
  }

  private static List<Object> of(JsonArray array) {
    var plain = new ArrayList<Object>(array.size());
    array.forEach(element -> plain.add(value(element)));
    return plain;
  }

  private static Object value(Object value) {
    return value instanceof JsonObject object
        ? of(object)
        : value instanceof JsonArray array ? of(array) : value;
  }
}

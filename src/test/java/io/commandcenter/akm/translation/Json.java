package io.commandcenter.akm.translation;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** JSON values written with single quotes, and looked up by paths such as {@code a.b[0].c}. */
final class Json {
  private Json() {}

  static JsonObject object(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  static Object value(String text) {
    return io.vertx.core.json.Json.decodeValue(text.strip().replace('\'', '"'));
  }

  /** Null if there is nothing at the path; a negative place counts from an array's end. */
  static Object at(Object json, String path) {
    Object value = json;
    for (var step : path.replace("[", ".[").split("\\.")) {
      if (step.isEmpty()) {
        continue;
      }
      if (step.startsWith("[")) {
        value = element(value, Integer.parseInt(step.substring(1, step.length() - 1)));
      } else {
        value = value instanceof JsonObject object ? object.getValue(step) : null;
      }
    }
    return value;
  }

  private static Object element(Object value, int place) {
    if (!(value instanceof JsonArray array)) {
      return null;
    }
    int at = place < 0 ? array.size() + place : place;
    return at >= 0 && at < array.size() ? array.getValue(at) : null;
  }
}

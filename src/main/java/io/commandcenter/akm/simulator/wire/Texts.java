package io.commandcenter.akm.simulator.wire;

import io.commandcenter.akm.simulator.wire.Dialect.Malformed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the members that requests of several wire formats share; refuses what does not fit. */
public final class Texts {
  private Texts() {}

  public static String required(JsonObject body, String name) {
    if (body.getValue(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new Malformed(name + ": Field required");
  }

  public static Optional<Integer> limit(JsonObject body, String name) {
    if (!body.containsKey(name)) {
      return Optional.empty();
    }
    if (body.getValue(name) instanceof Integer limit && limit > 0) {
      return Optional.of(limit);
    }
    throw new Malformed(name + ": must be a positive integer");
  }

  /** A member that must be an object if it is there. */
  public static JsonObject object(JsonObject body, String name) {
    var value = body.getValue(name);
    if (value == null) {
      return new JsonObject();
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new Malformed(name + ": must be an object");
  }

  public static List<JsonObject> objects(JsonObject body, String name) {
    if (!(body.getValue(name) instanceof JsonArray array) || array.isEmpty()) {
      throw new Malformed(name + ": Field required");
    }
    return objects(name, array);
  }

  /** None if the member is absent. */
  public static List<JsonObject> optionalObjects(JsonObject body, String name) {
    return body.getValue(name) == null || body.getJsonArray(name).isEmpty()
        ? List.of()
        : objects(body, name);
  }

  private static List<JsonObject> objects(String name, JsonArray array) {
    var objects = new ArrayList<JsonObject>();
    for (var value : array) {
      if (!(value instanceof JsonObject object)) {
        throw new Malformed(name + ": must hold objects");
      }
      objects.add(object);
    }
    return objects;
  }

  /** A text or a list of texts. */
  public static List<String> inputs(JsonObject body, String name) {
    var value = body.getValue(name);
    if (value instanceof String text) {
      return List.of(text);
    }
    if (value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
      return array.stream().map(String.class::cast).toList();
    }
    throw new Malformed(name + ": must be a text or a list of texts");
  }

  /** None if the member is absent. */
  public static List<String> optionalInputs(JsonObject body, String name) {
    return body.getValue(name) == null ? List.of() : inputs(body, name);
  }

  /** The role, which must be one of these. */
  public static String role(JsonObject message, List<String> roles) {
    var role = required(message, "role");
    if (!roles.contains(role)) {
      throw new Malformed("messages: unexpected role");
    }
    return role;
  }

  /** Joined by line breaks, the empty ones left out. */
  public static String joined(List<String> texts) {
    return String.join("\n", texts.stream().filter(text -> !text.isEmpty()).toList());
  }
}

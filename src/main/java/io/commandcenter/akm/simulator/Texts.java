package io.commandcenter.akm.simulator;

import io.commandcenter.akm.simulator.Dialect.Malformed;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the members that requests of several wire formats share; refuses what does not fit. */
final class Texts {
  private Texts() {}

  static String required(JsonObject body, String name) {
    if (body.getValue(name) instanceof String text && !text.isEmpty()) {
      return text;
    }
    throw new Malformed(name + ": Field required");
  }

  static Optional<Integer> limit(JsonObject body, String name) {
    if (!body.containsKey(name)) {
      return Optional.empty();
    }
    if (body.getValue(name) instanceof Integer limit && limit > 0) {
      return Optional.of(limit);
    }
    throw new Malformed(name + ": must be a positive integer");
  }

  static List<JsonObject> objects(JsonObject body, String name) {
    if (!(body.getValue(name) instanceof JsonArray array) || array.isEmpty()) {
      throw new Malformed(name + ": Field required");
    }
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
  static List<String> inputs(JsonObject body, String name) {
    var value = body.getValue(name);
    if (value instanceof String text) {
      return List.of(text);
    }
    if (value instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
      return array.stream().map(String.class::cast).toList();
    }
    throw new Malformed(name + ": must be a text or a list of texts");
  }

  /** A chat of {@code messages: [{role, content}]}, with these roles. */
  static Ask.Chat chat(
      JsonObject body, List<String> roles, Optional<Integer> maxOutput, String... more) {
    var all = new ArrayList<>(List.of(more));
    var lastUser = "";
    for (var message : objects(body, "messages")) {
      var role = required(message, "role");
      if (!roles.contains(role)) {
        throw new Malformed("messages: unexpected role");
      }
      var text = required(message, "content");
      all.add(text);
      lastUser = role.equals("user") ? text : lastUser;
    }
    return new Ask.Chat(required(body, "model"), all, lastUser, maxOutput);
  }
}

package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;

/** Google takes every field in snake_case too; from here on there is one name for each. */
final class CamelNames {
  /** What is inside belongs to the caller or is a schema: names in it are not Google's. */
  private static final Set<String> OPAQUE =
      Set.of(
          "args",
          "response",
          "parameters",
          "parametersJsonSchema",
          "responseSchema",
          "responseJsonSchema",
          "labels");

  private CamelNames() {}

  /** The same body with camelCase names. */
  static Fields of(Fields body) {
    return new Fields(object(body.json(), body.at()), body.at());
  }

  private static JsonObject object(JsonObject from, String at) {
    var to = new JsonObject();
    for (var member : from) {
      var name = camel(member.getKey());
      if (to.containsKey(name)) {
        throw twice(at + name);
      }
      var value = member.getValue();
      to.put(name, OPAQUE.contains(name) ? value : value(value, at + name));
    }
    return to;
  }

  private static Object value(Object value, String at) {
    if (value instanceof JsonObject object) {
      return object(object, at + ".");
    }
    if (value instanceof JsonArray array) {
      var to = new JsonArray();
      for (int i = 0; i < array.size(); i++) {
        to.add(value(array.getValue(i), at + "[" + i + "]"));
      }
      return to;
    }
    return value;
  }

  /** Reached only by names that can be written in two ways, which are Google's own. */
  private static Failure twice(String field) {
    return Failure.badRequest("A field is given in camelCase and in snake_case; send one of them.")
        .with(Fields.PARAM, field.matches("[A-Za-z0-9_.\\[\\]]{1,120}") ? field : "?");
  }

  static String camel(String name) {
    if (name.indexOf('_') < 1) {
      return name;
    }
    var camel = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      var next = name.charAt(i);
      if (next == '_' && i > 0 && i + 1 < name.length()) {
        camel.append(Character.toUpperCase(name.charAt(++i)));
      } else {
        camel.append(next);
      }
    }
    return camel.toString();
  }
}

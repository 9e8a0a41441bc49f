package io.commandcenter.akm.gateway.dialect;

import io.commandcenter.akm.contract.Failure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A dialect's JSON object, read field by field; each refusal names the field. Null is the same as
 * absent.
 *
 * @param at the path of the object, empty for the body, else with a trailing dot
 */
public record Fields(JsonObject json, String at) {
  /** Failure context: the field that was refused. */
  public static final String PARAM = "param";

  public static Fields of(JsonObject body) {
    return new Fields(body, "");
  }

  /**
   * Refuses what this gateway does not carry out, rather than dropping it in silence.
   *
   * @param understood carried out, or harmless to leave out
   * @param neutral fields that may be sent with just this value, which changes nothing
   */
  public void checkOnly(Set<String> understood, Map<String, Set<Object>> neutral) {
    for (var member : json) {
      var name = member.getKey();
      var value = member.getValue();
      if (value == null || understood.contains(name)) {
        continue;
      }
      if (!neutral.containsKey(name)) {
        // An unknown name is the caller's own text: say where, not what.
        throw refusal(shown(name), "is not supported by this gateway; leave it out");
      }
      if (!neutral.get(name).contains(value)) {
        throw refusal(name, "with this value is not supported by this gateway; leave it out");
      }
    }
  }

  public boolean has(String name) {
    return json.getValue(name) != null;
  }

  /** Null if absent. */
  public String text(String name) {
    var value = json.getValue(name);
    if (value != null && !(value instanceof String)) {
      throw refusal(name, "must be a string");
    }
    return (String) value;
  }

  public String requiredText(String name) {
    var value = text(name);
    if (value == null || value.isBlank()) {
      throw refusal(name, "is required");
    }
    return value;
  }

  /** Null if absent. */
  public Integer integer(String name) {
    var value = json.getValue(name);
    if (value != null && !(value instanceof Integer)) {
      throw refusal(name, "must be an integer");
    }
    return (Integer) value;
  }

  /** Null if absent. */
  public Double number(String name) {
    var value = json.getValue(name);
    if (value != null && !(value instanceof Number)) {
      throw refusal(name, "must be a number");
    }
    return value == null ? null : new BigDecimal(value.toString()).doubleValue();
  }

  /** A string, or an array of strings, as a list; empty if absent. */
  public List<String> texts(String name) {
    if (json.getValue(name) instanceof JsonArray array) {
      if (!array.stream().allMatch(String.class::isInstance)) {
        throw refusal(name, "must be a string or an array of strings");
      }
      return array.stream().map(String.class::cast).toList();
    }
    var one = text(name);
    return one == null ? List.of() : List.of(one);
  }

  /** A required, non-empty array of objects. */
  public List<Fields> objects(String name) {
    if (!(json.getValue(name) instanceof JsonArray array) || array.isEmpty()) {
      throw refusal(name, "must be an array of objects with at least one element");
    }
    var objects = new ArrayList<Fields>(array.size());
    for (int i = 0; i < array.size(); i++) {
      if (!(array.getValue(i) instanceof JsonObject object)) {
        throw refusal(name, "must be an array of objects");
      }
      objects.add(new Fields(object, at + name + "[" + i + "]."));
    }
    return objects;
  }

  /** A string, or an array of parts of type text, joined by line breaks. */
  public String content(String name, Set<String> harmless) {
    if (!(json.getValue(name) instanceof JsonArray)) {
      return requiredText(name);
    }
    var parts = new ArrayList<String>();
    for (var part : objects(name)) {
      if (!"text".equals(part.text("type"))) {
        throw part.refusal("type", "must be text; other parts are not supported by this gateway");
      }
      part.checkOnly(harmless, Map.of());
      parts.add(part.requiredText("text"));
    }
    return String.join("\n", parts);
  }

  public Failure refusal(String name, String what) {
    return Failure.badRequest("`" + at + name + "` " + what).with(PARAM, at + name);
  }

  private static String shown(String name) {
    return name.matches("[A-Za-z_]{1,40}") ? name : "?";
  }
}

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
    var number = value == null ? null : ((Number) value).doubleValue();
    if (number != null && !Double.isFinite(number)) {
      throw refusal(name, "must be a number that is not so large");
    }
    return number;
  }

  /** Null if absent. */
  public Double number(String name, double from, double to) {
    var number = number(name);
    if (number != null && (number < from || number > to)) {
      throw refusal(name, "must be from " + plain(from) + " to " + plain(to));
    }
    return number;
  }

  /** At least 1; null if absent. */
  public Integer count(String name) {
    var count = integer(name);
    if (count != null && count < 1) {
      throw refusal(name, "must be at least 1");
    }
    return count;
  }

  /** A whole number of up to 64 bits; null if absent. */
  public Long whole(String name) {
    var value = json.getValue(name);
    if (value != null && !(value instanceof Integer) && !(value instanceof Long)) {
      throw refusal(name, "must be an integer");
    }
    return value == null ? null : ((Number) value).longValue();
  }

  /** Null if absent. */
  public Boolean flag(String name) {
    var value = json.getValue(name);
    if (value != null && !(value instanceof Boolean)) {
      throw refusal(name, "must be true or false");
    }
    return (Boolean) value;
  }

  /** One of the words; null if absent. */
  public String word(String name, List<String> words) {
    var value = text(name);
    if (value != null && !words.contains(value)) {
      throw refusal(name, "must be one of " + String.join(", ", words));
    }
    return value;
  }

  /** A required name or id: not blank, and of a bounded length. */
  public String name(String name) {
    var value = requiredText(name);
    if (value.length() > Bounds.NAME) {
      throw refusal(name, "must not be longer than " + Bounds.NAME + " characters");
    }
    return value;
  }

  /** Null if absent. */
  public Fields object(String name) {
    var value = json.getValue(name);
    if (value != null && !(value instanceof JsonObject)) {
      throw refusal(name, "must be an object");
    }
    return value == null ? null : new Fields((JsonObject) value, at + name + ".");
  }

  public Fields requiredObject(String name) {
    var object = object(name);
    if (object == null) {
      throw refusal(name, "is required: an object");
    }
    return object;
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

  /** An array of at most so many objects; empty if absent. */
  public List<Fields> objects(String name, int max) {
    if (!has(name) || json.getValue(name) instanceof JsonArray array && array.isEmpty()) {
      return List.of();
    }
    if (json.getValue(name) instanceof JsonArray array && array.size() > max) {
      throw refusal(name, "must not have more than " + max + " elements");
    }
    return objects(name);
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

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static String shown(String name) {
    return name.matches("[A-Za-z_]{1,40}") ? name : "?";
  }
}

package io.commandcenter.akm.gateway.dialect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Members of a dialect's object that may be absent: nested objects, flags, numbers in bounds. */
public final class Members {
  private Members() {}

  /** Null if absent. */
  public static Fields object(Fields of, String name) {
    var value = of.json().getValue(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonObject object)) {
      throw of.refusal(name, "must be an object");
    }
    return new Fields(object, of.at() + name + ".");
  }

  /** Empty if absent or empty. One object may stand for an array of one, as Google reads it. */
  public static List<Fields> objects(Fields of, String name) {
    var value = of.json().getValue(name);
    if (value == null || value instanceof JsonArray array && array.isEmpty()) {
      return List.of();
    }
    return value instanceof JsonObject ? List.of(object(of, name)) : of.objects(name);
  }

  /** Null if absent. */
  public static Boolean flag(Fields of, String name) {
    var value = of.json().getValue(name);
    if (value != null && !(value instanceof Boolean)) {
      throw of.refusal(name, "must be true or false");
    }
    return (Boolean) value;
  }

  /** Null if absent. */
  public static Double number(Fields of, String name, double least, double most) {
    var value = of.number(name);
    // Written so that it also refuses what is no number.
    if (value != null && !(value >= least && value <= most)) {
      throw of.refusal(name, "must be from " + plain(least) + " to " + plain(most));
    }
    return value;
  }

  /** A whole number, also when it is written as 40.0, as some clients do. Null if absent. */
  public static Long whole(Fields of, String name, long least, long most) {
    var value = of.number(name);
    if (value == null) {
      return null;
    }
    if (value != Math.rint(value) || !(value >= least && value <= most)) {
      throw of.refusal(name, "must be a whole number from " + least + " to " + most);
    }
    return of.json().getValue(name) instanceof Long exact ? exact : Long.valueOf(value.longValue());
  }

  /** The same for what is counted in an int. */
  public static Integer count(Fields of, String name, int least, int most) {
    var value = whole(of, name, least, most);
    return value == null ? null : Math.toIntExact(value);
  }

  /** The value in plain maps, lists, strings, numbers and booleans. */
  public static Object plain(Object value) {
    if (value instanceof JsonObject object) {
      return plain(object.getMap());
    }
    if (value instanceof JsonArray array) {
      return plain(array.getList());
    }
    if (value instanceof Map<?, ?> map) {
      var copy = new LinkedHashMap<String, Object>();
      map.forEach((name, member) -> copy.put((String) name, plain(member)));
      return copy;
    }
    if (value instanceof List<?> list) {
      var copy = new ArrayList<Object>(list.size());
      list.forEach(member -> copy.add(plain(member)));
      return copy;
    }
    return value;
  }

  /** An object's members in plain values. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> plain(JsonObject object) {
    return (Map<String, Object>) plain((Object) object);
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }
}

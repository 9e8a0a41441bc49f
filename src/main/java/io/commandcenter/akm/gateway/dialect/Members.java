package io.commandcenter.akm.gateway.dialect;

import io.vertx.core.json.JsonObject;
import java.util.List;

/** Members that clients of Google and Ollama write in more than one way. */
public final class Members {
  private Members() {}

  /** At most so many; empty if absent. One object may stand for an array of one. */
  public static List<Fields> objects(Fields of, String name, int max) {
    return of.json().getValue(name) instanceof JsonObject
        ? List.of(of.object(name))
        : of.objects(name, max);
  }

  /** A whole number, also when it is written as 40.0. Null if absent. */
  public static Long whole(Fields of, String name, long least, long most) {
    var value = of.number(name);
    if (value == null) {
      return null;
    }
    if (value != Math.rint(value) || value < least || value > most) {
      throw of.refusal(name, "must be a whole number from " + least + " to " + most);
    }
    return of.json().getValue(name) instanceof Long exact ? exact : Long.valueOf(value.longValue());
  }

  /** The same for what is counted in an int. */
  public static Integer count(Fields of, String name, int least, int most) {
    var value = whole(of, name, least, most);
    return value == null ? null : Math.toIntExact(value);
  }

  /** A string, or an array of strings; empty if absent. */
  public static List<String> stops(Fields of, String name) {
    var stops = of.texts(name);
    if (stops.size() > Bounds.STOPS || stops.contains("")) {
      throw of.refusal(name, "must be up to " + Bounds.STOPS + " texts, none of them empty");
    }
    return stops;
  }
}

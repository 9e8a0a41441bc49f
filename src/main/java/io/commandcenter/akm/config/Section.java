package io.commandcenter.akm.config;

import io.commandcenter.akm.core.names.Nearest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * One JSON object of a configuration file, read member by member. A member that does not fit adds a
 * fault and reads as a harmless value; {@link #end} adds a fault for each member that nobody asked
 * for.
 */
final class Section {
  private final JsonObject json;
  private final String path;
  private final Faults faults;
  private final Set<String> known = new LinkedHashSet<>();

  Section(JsonObject json, String path, Faults faults) {
    this.json = json;
    this.path = path;
    this.faults = faults;
  }

  Object raw(String key) {
    known.add(key);
    return json.getValue(key);
  }

  boolean has(String key) {
    return raw(key) != null;
  }

  Section section(String key) {
    var value = raw(key);
    if (value instanceof JsonObject object) {
      return new Section(object, where(key), faults);
    }
    fault(key, "must be an object");
    return new Section(new JsonObject(), where(key), new Faults());
  }

  /** The text, or null if absent. */
  String text(String key) {
    var value = raw(key);
    if (value == null
        || (value instanceof String text && !text.isBlank() && text.length() <= 1024)) {
      return (String) value;
    }
    fault(key, "must be a text of at most 1024 characters");
    return null;
  }

  String text(String key, String instead) {
    var value = text(key);
    return value == null ? instead : value;
  }

  boolean flag(String key) {
    if (raw(key) instanceof Boolean value) {
      return value;
    }
    fault(key, "must be true or false");
    return false;
  }

  int whole(String key, int min, int max) {
    if (raw(key) instanceof Number number
        && number.doubleValue() == Math.rint(number.doubleValue())
        && number.doubleValue() >= min
        && number.doubleValue() <= max) {
      return number.intValue();
    }
    fault(key, "must be a whole number from " + min + " to " + max);
    return min;
  }

  Duration millis(String key, int min, int max) {
    return Duration.ofMillis(whole(key, min, max));
  }

  /** A decimal from 0 to {@code max}, or null if absent. */
  BigDecimal decimal(String key, long max) {
    var value = raw(key);
    if (value == null) {
      return null;
    }
    if (value instanceof Number number) {
      var decimal = new BigDecimal(number.toString());
      if (decimal.signum() >= 0 && decimal.compareTo(BigDecimal.valueOf(max)) <= 0) {
        return decimal;
      }
    }
    fault(key, "must be a number from 0 to " + max);
    return null;
  }

  /** A list of texts, empty if absent. */
  List<String> texts(String key) {
    var value = raw(key);
    var texts = new ArrayList<String>();
    if (value instanceof JsonArray array) {
      for (var element : array) {
        if (element instanceof String text && !text.isBlank() && text.length() <= 256) {
          texts.add(text);
        } else {
          fault(key, "must hold only texts of 1 to 256 characters");
        }
      }
    } else if (value != null) {
      fault(key, "must be a list of texts");
    }
    if (Set.copyOf(texts).size() < texts.size()) {
      fault(key, "names something twice");
    }
    return texts;
  }

  /**
   * An http or https URL without credentials, query or fragment, its trailing slash taken off; null
   * if absent.
   */
  URI url(String key) {
    var text = text(key);
    if (text == null) {
      return null;
    }
    try {
      var uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
      boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (web
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // falls through to the one fault that covers every malformed URL
    }
    fault(key, "must be an http or https URL without credentials, query or fragment");
    return null;
  }

  Set<String> keys() {
    return json.fieldNames();
  }

  String where(String key) {
    return path + "." + key;
  }

  void fault(String key, String what) {
    faults.add(where(key), what);
  }

  /** Call when every known member was read. */
  void end() {
    for (var key : json.fieldNames()) {
      if (!known.contains(key)) {
        fault(key, "is unknown" + Nearest.hint(key, known));
      }
    }
  }
}

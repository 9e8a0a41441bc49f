package io.commandcenter.akm.testkit;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Server-sent events, read by the letter of the standard: fields, comments, blank lines. */
public final class SseEvents {
  /**
   * @param name null if the event has none
   * @param data its lines joined
   */
  public record Event(String name, String data) {
    public JsonObject json() {
      return new JsonObject(data);
    }
  }

  private SseEvents() {}

  /**
   * Every event of a whole stream; comments are passed over.
   *
   * @throws IllegalArgumentException for a line that is no field, or an end inside an event
   */
  public static List<Event> of(String stream) {
    var events = new ArrayList<Event>();
    String name = null;
    StringBuilder data = null;
    for (var line : stream.split("\r\n|\n|\r", -1)) {
      if (line.isEmpty()) {
        if (data != null) {
          events.add(new Event(name, data.toString()));
        }
        name = null;
        data = null;
      } else if (line.startsWith("event:")) {
        name = value(line);
      } else if (line.startsWith("data:")) {
        data = data == null ? new StringBuilder() : data.append('\n');
        data.append(value(line));
      } else if (!line.startsWith(":")) {
        throw new IllegalArgumentException("no field: " + line);
      }
    }
    if (data != null) {
      throw new IllegalArgumentException("the stream ends inside an event");
    }
    return events;
  }

  private static String value(String line) {
    var value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }
}

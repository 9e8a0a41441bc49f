package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.gateway.dialect.JsonText;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Puts down the events of a response's stream, numbered. */
final class ResponseEvents {
  private final StringBuilder out = new StringBuilder(512);
  private int next;

  void start() {
    out.setLength(0);
  }

  /** What was put down since the start; null for nothing. */
  Buffer bytes() {
    return out.isEmpty() ? null : Buffer.buffer(out.toString());
  }

  void comment(String comment) {
    out.append(comment);
  }

  void write(String type, JsonObject rest) {
    var json = new JsonObject().put("type", type).put("sequence_number", next++).mergeIn(rest);
    out.append("event: ").append(type).append("\ndata: ").append(json.encode()).append("\n\n");
  }

  /**
   * A fragment of a part, without a tree.
   *
   * @param place the item and the part as JSON members
   */
  void delta(String type, String place, String text) {
    out.append("event: ").append(type).append("\ndata: {\"type\":\"").append(type);
    out.append("\",\"sequence_number\":").append(next++).append(',').append(place);
    JsonText.quote(out.append(",\"delta\":"), text).append("}\n\n");
  }
}

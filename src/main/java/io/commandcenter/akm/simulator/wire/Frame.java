package io.commandcenter.akm.simulator.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/**
 * One write of a stream.
 *
 * @param isContent whether it brings a piece of the answer
 */
public record Frame(Buffer bytes, boolean isContent) {
  /** An event with its name. */
  public static Frame event(String name, JsonObject data, boolean isContent) {
    return of("event: " + name + "\ndata: " + data.encode() + "\n\n", isContent);
  }

  /** An event without a name. */
  public static Frame data(JsonObject data, boolean isContent) {
    return of("data: " + data.encode() + "\n\n", isContent);
  }

  /** One line of NDJSON. */
  public static Frame line(JsonObject data, boolean isContent) {
    return of(data.encode() + "\n", isContent);
  }

  public static Frame of(String text, boolean isContent) {
    return new Frame(Buffer.buffer(text), isContent);
  }
}

package io.commandcenter.akm.provider.wire;

import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** How a stream's bytes hold its JSON texts, one after the other. */
public interface Framing {
  /**
   * Takes the next bytes, cut anywhere.
   *
   * @param messages takes each whole message
   * @param signsOfLife runs for what only keeps the connection open
   * @return false if the stream cannot be read on
   */
  boolean take(Buffer bytes, Consumer<Buffer> messages, Runnable signsOfLife);

  /** The stream's bytes are over: gives the message that was not ended, if there is one. */
  void end(Consumer<Buffer> messages);
}

package io.commandcenter.akm.gateway.dialect;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.vertx.core.buffer.Buffer;

/** Writes the events of one stream in its dialect. */
public interface StreamWriter {
  /** For example {@code text/event-stream}. */
  String contentType();

  /** The bytes of an event; null if it has none. After Ended nothing more is to come. */
  Buffer event(ChatEvent event);

  /** The bytes that tell that the stream broke; also used for streams in the caller's format. */
  Buffer broken(Failure failure);
}

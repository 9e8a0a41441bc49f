package io.commandcenter.akm.gateway;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;

/** One stream on its way to the caller: passing bytes, or written events. */
final class Streaming {
  private final String contentType;

  /** For a passing stream it is made only if it has to tell an error. */
  private final Supplier<StreamWriter> writer;

  /** Null unless passing events are to come as an array. */
  private final EventsToArray array;

  private Streaming(String contentType, Supplier<StreamWriter> writer, EventsToArray array) {
    this.contentType = contentType;
    this.writer = writer;
    this.array = array;
  }

  static Streaming written(StreamWriter writer) {
    return new Streaming(writer.contentType(), () -> writer, null);
  }

  static Streaming passing(WireFormat format, boolean asArray, Supplier<StreamWriter> writer) {
    if (asArray) {
      return new Streaming("application/json", writer, new EventsToArray());
    }
    boolean lines = format == WireFormat.OLLAMA_CHAT || format == WireFormat.OLLAMA_GENERATE;
    return new Streaming(lines ? "application/x-ndjson" : "text/event-stream", writer, null);
  }

  String contentType() {
    return contentType;
  }

  Buffer bytes(Buffer bytes) {
    return array == null ? bytes : array.take(bytes);
  }

  Buffer event(ChatEvent event) {
    return writer.get().event(event);
  }

  /** What closes the stream; null for nothing. */
  Buffer end() {
    return array == null ? null : array.end();
  }

  /** What tells that the stream broke. */
  Buffer broken(Failure failure) {
    return array == null ? writer.get().broken(failure) : array.broken();
  }
}

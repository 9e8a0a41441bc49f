package io.commandcenter.akm.exchange;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * Takes the answer of one request: one of the whole answers; or {@link #begin}, any number of bytes
 * or events, and {@link #end}; or {@link #fail}, at any point, and last.
 */
public interface ExchangeSink {
  /** A whole answer in the caller's own format, as the provider sent it. */
  void relayed(Served by, Buffer body);

  /** A whole answer of a provider with another dialect. */
  void answered(Served by, ChatAnswer answer);

  /** Vectors in the order of the inputs, of a provider with another dialect. */
  void embedded(Served by, List<List<Double>> vectors);

  /** A streamed answer begins: it can no longer come from another provider. */
  void begin(Served by);

  /** The next bytes of a stream in the caller's own format. */
  void bytes(Buffer bytes);

  /** The next step of a stream from another dialect. */
  void event(ChatEvent event);

  /** The stream is complete and settled. */
  void end(Served by);

  /** Before {@link #begin} nothing was sent; after it the stream is broken. */
  void fail(Failure failure);
}

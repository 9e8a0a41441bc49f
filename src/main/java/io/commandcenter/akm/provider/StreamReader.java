package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.money.TokenUsage;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads one streamed answer of a provider. Bytes come cut anywhere, also inside a character; what
 * is not understood is passed over; nothing is ever thrown for what a provider sends.
 */
public interface StreamReader {
  /** Takes the next bytes; what comes after the end or a failure is passed over. */
  void read(Buffer bytes, Consumer<ChatEvent> events);

  /**
   * The provider closed its answer. A dialect whose stream ends with the connection gives its Ended
   * here; for any other a stream that has not ended by now was cut.
   */
  void close(Consumer<ChatEvent> events);

  /** Whether {@link ChatEvent.Ended} was given. */
  boolean ended();

  /**
   * What the answer has used up so far: as the provider says it, else an estimate. It is billed
   * also if nobody hears the end.
   */
  default TokenUsage spent() {
    return TokenUsage.NONE;
  }

  /** What the provider told as an error inside the stream, classed; empty if it told none. */
  Optional<ProviderReply.Failed> failure();
}

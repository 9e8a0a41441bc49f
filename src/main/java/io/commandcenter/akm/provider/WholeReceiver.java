package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.money.TokenUsage;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.function.Supplier;

/** Collects a bounded answer and reads it at its end. */
final class WholeReceiver implements Receiver {
  /** Reads a whole answer. */
  @FunctionalInterface
  interface Reading {
    ProviderReply of(int status, MultiMap headers, Buffer body);
  }

  private final int maxBytes;
  private final Reading reading;
  private final Supplier<TokenUsage> ifCharged;
  private int status;
  private MultiMap headers;
  private Buffer received;

  /**
   * @param ifCharged what the provider charged if it breaks: an estimate
   */
  WholeReceiver(int maxBytes, Reading reading, Supplier<TokenUsage> ifCharged) {
    this.maxBytes = maxBytes;
    this.reading = reading;
    this.ifCharged = ifCharged;
  }

  @Override
  public void head(int status, MultiMap headers) {
    this.status = status;
    this.headers = headers;
  }

  @Override
  public ProviderReply bytes(Buffer bytes) {
    if ((received == null ? 0L : received.length()) + bytes.length() > maxBytes) {
      return BrokenReplies.tooLarge(status, ifCharged.get());
    }
    // The one buffer of a short answer is not copied.
    received = received == null ? bytes : copyOnce().appendBuffer(bytes);
    return null;
  }

  private boolean copied;

  private Buffer copyOnce() {
    if (copied) {
      return received;
    }
    copied = true;
    return Buffer.buffer(received.length() * 2).appendBuffer(received);
  }

  @Override
  public ProviderReply end() {
    return reading.of(status, headers, received == null ? Buffer.buffer() : received);
  }

  @Override
  public TokenUsage soFar() {
    return ifCharged.get();
  }
}

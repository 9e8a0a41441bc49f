package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.money.TokenUsage;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

/** A stream, once its head says 200; any other answer is an error and is read as a whole. */
final class StreamedReceiver implements Receiver {
  private final Receiver stream;
  private final Receiver error;
  private Receiver chosen;

  StreamedReceiver(Receiver stream, Receiver error) {
    this.stream = stream;
    this.error = error;
    chosen = error;
  }

  @Override
  public void head(int status, MultiMap headers) {
    chosen = status / 100 == 2 ? stream : error;
    chosen.head(status, headers);
  }

  @Override
  public ProviderReply bytes(Buffer bytes) {
    return chosen.bytes(bytes);
  }

  @Override
  public ProviderReply end() {
    return chosen.end();
  }

  @Override
  public TokenUsage soFar() {
    // Before the head, the request itself may be charged.
    return chosen.soFar();
  }
}

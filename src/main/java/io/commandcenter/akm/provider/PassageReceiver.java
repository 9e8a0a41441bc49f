package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.relay.Passage;
import io.commandcenter.akm.provider.relay.StreamErrors;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;

/** A stream that passes in the caller's own format. */
final class PassageReceiver implements Receiver {
  private final Passage passage;
  private final Downstream down;
  private final Clock clock;
  private final long estimatedInput;
  private int status;
  private MultiMap headers;
  private boolean begun;

  /**
   * @param estimatedInput tokens, for a stream whose usage nobody said
   */
  PassageReceiver(Passage passage, Downstream down, Clock clock, long estimatedInput) {
    this.passage = passage;
    this.down = down;
    this.clock = clock;
    this.estimatedInput = estimatedInput;
  }

  @Override
  public void head(int status, MultiMap headers) {
    this.status = status;
    this.headers = headers;
  }

  @Override
  public ProviderReply bytes(Buffer bytes) {
    var out = passage.take(bytes);
    if (out != null) {
      pass(out);
    }
    return switch (passage.state()) {
      case FAILED ->
          StreamErrors.of(passage.error(), headers, clock.instant())
              .charged(begun ? soFar() : TokenUsage.NONE);
      case UNREADABLE -> FailedReplies.badAnswer(status).charged(soFar());
      case WAITING, BEGUN, COMPLETE -> null;
    };
  }

  private void pass(Buffer out) {
    if (!begun) {
      begun = true;
      down.begin(headers);
    }
    down.bytes(out);
  }

  @Override
  public ProviderReply end() {
    if (!passage.completeAtClose()) {
      return BrokenReplies.cut(status, soFar());
    }
    var rest = passage.rest();
    if (rest != null) {
      pass(rest);
    }
    return new ProviderReply.Passed(status, null, headers, null, soFar(), passage.servedModel());
  }

  @Override
  public TokenUsage soFar() {
    return passage.usage().filter(said -> passage.completeAtClose()).orElseGet(this::estimated);
  }

  /** What the provider said before it broke is a lower bound. */
  private TokenUsage estimated() {
    long output = passage.estimatedOutput();
    return passage
        .usage()
        .map(
            said ->
                new TokenUsage(
                    said.input(),
                    said.cacheRead(),
                    said.cacheWriteShort(),
                    said.cacheWriteLong(),
                    Math.max(said.output(), output),
                    said.reasoning(),
                    true))
        .orElseGet(() -> new TokenUsage(estimatedInput, 0, 0, 0, output, 0, true));
  }
}

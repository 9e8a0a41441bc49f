package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.google.GoogleUsage;
import io.commandcenter.akm.provider.wire.Fields;
import java.util.Arrays;
import java.util.Optional;

/** The chunks of Google's streamGenerateContent; their usage is cumulative, the last one counts. */
final class GoogleChunks implements EventJudge {
  private static final byte[] USAGE = Bytes.ascii("\"usageMetadata\"");
  private static final byte[] ERROR = Bytes.ascii("\"error\"");
  private static final byte[] FINISH = Bytes.ascii("\"finishReason\"");
  private static final byte[] BLOCKED = Bytes.ascii("\"blockReason\"");

  private byte[] counted;
  private boolean finished;
  private Fields error;

  @Override
  public Verdict judge(byte[] bytes, int from, int to, boolean begun) {
    int payload = Bytes.payload(bytes, from, to);
    if (payload < 0) {
      return Verdict.PRELUDE;
    }
    if (Bytes.find(bytes, payload, to, ERROR) >= 0) {
      var chunk = Payload.of(bytes, payload, to);
      if (chunk.has("error")) {
        error = chunk;
        return Verdict.ERROR;
      }
    }
    if (Bytes.find(bytes, payload, to, USAGE) >= 0) {
      // Read only once, at the end: nearly every chunk has one.
      counted = Arrays.copyOfRange(bytes, payload, to);
    }
    finished |=
        Bytes.find(bytes, payload, to, FINISH) >= 0 || Bytes.find(bytes, payload, to, BLOCKED) >= 0;
    return Verdict.CONTENT;
  }

  @Override
  public boolean completeAtClose() {
    return finished;
  }

  private Fields last() {
    return Payload.of(counted, 0, counted.length);
  }

  @Override
  public Optional<TokenUsage> usage() {
    return counted == null
        ? Optional.empty()
        : Optional.of(GoogleUsage.of(last().at("usageMetadata")));
  }

  @Override
  public String servedModel() {
    return counted == null ? null : last().text("modelVersion");
  }

  @Override
  public Fields error() {
    return error;
  }
}

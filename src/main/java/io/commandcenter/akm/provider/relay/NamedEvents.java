package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.wire.Fields;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What Anthropic's events and those of OpenAI's Responses have in common: each has a name. */
abstract class NamedEvents implements EventJudge {
  private static final byte[] EVENT = Bytes.ascii("event:");
  private static final int LONGEST_NAME = 80;

  TokenUsage usage;
  String model;
  private Fields error;
  private boolean done;

  @Override
  public final Verdict judge(byte[] bytes, int from, int to, boolean begun) {
    int payload = Bytes.payload(bytes, from, to);
    if (payload < 0) {
      return Verdict.PRELUDE;
    }
    var name = name(bytes, from, payload);
    if (name != null && isPlainContent(name)) {
      return Verdict.CONTENT;
    }
    var event = Payload.of(bytes, payload, to);
    var verdict = judge(name == null ? event.text("type") : name, event);
    if (verdict == Verdict.ERROR) {
      error = event;
    }
    done |= verdict == Verdict.LAST;
    return verdict;
  }

  /** Content that needs no reading. */
  abstract boolean isPlainContent(String name);

  /**
   * @param name may be null
   */
  abstract Verdict judge(String name, Fields event);

  private static String name(byte[] bytes, int from, int payload) {
    if (!Bytes.startsWith(bytes, from, payload, EVENT)) {
      return null;
    }
    int end = Bytes.nextLine(bytes, from, payload) - 1;
    int start = from + EVENT.length;
    return end - start > LONGEST_NAME
        ? null
        : new String(bytes, start, end - start, StandardCharsets.US_ASCII).trim();
  }

  @Override
  public boolean completeAtClose() {
    return done;
  }

  @Override
  public Optional<TokenUsage> usage() {
    return Optional.ofNullable(usage);
  }

  @Override
  public String servedModel() {
    return model;
  }

  @Override
  public Fields error() {
    return error;
  }
}

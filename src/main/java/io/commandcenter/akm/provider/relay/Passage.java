package io.commandcenter.akm.provider.relay;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.wire.Fields;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/**
 * One stream on its way through, bytes in and bytes out. Nothing goes out before the first content;
 * afterwards whole events do, as they came. Only an event that is cut by the end of a buffer waits
 * for its rest.
 */
public final class Passage {
  private static final int MAX_HELD = 1 << 20;

  /** How far a stream has come. */
  public enum State {
    WAITING,
    BEGUN,
    COMPLETE,
    FAILED,
    /** An event without end, or a prelude without content. */
    UNREADABLE
  }

  private final boolean byLines;
  private final EventJudge judge;
  private State state = State.WAITING;
  private byte[] held = new byte[0];

  /** Of the held bytes, how many belong to events that were judged. */
  private int judged;

  private long events;
  private long eventBytes;
  private int shortest = Integer.MAX_VALUE;

  private Passage(boolean byLines, EventJudge judge) {
    this.byLines = byLines;
    this.judge = judge;
  }

  /**
   * @param usageIsOurs whether OpenAI's usage chunk was asked for by this server only
   * @param reasoningBeside whether reasoning is counted beside the completion's tokens
   */
  public static Passage of(WireFormat format, boolean usageIsOurs, boolean reasoningBeside) {
    return switch (format) {
      case OPENAI_CHAT, OPENAI_COMPLETIONS ->
          new Passage(false, new OpenAiChunks(usageIsOurs, reasoningBeside));
      case OPENAI_RESPONSES -> new Passage(false, new ResponsesEvents());
      case ANTHROPIC_MESSAGES -> new Passage(false, new AnthropicEvents());
      case GOOGLE_GENERATE -> new Passage(false, new GoogleChunks());
      case OLLAMA_CHAT, OLLAMA_GENERATE -> new Passage(true, new OllamaLines());
      default -> throw new IllegalArgumentException(format + " has no streams");
    };
  }

  public State state() {
    return state;
  }

  /** The bytes that go on now; null for none. */
  public Buffer take(Buffer in) {
    if (state == State.COMPLETE || state == State.FAILED || state == State.UNREADABLE) {
      return null;
    }
    boolean untouched = held.length == 0;
    var bytes = untouched ? in.getBytes() : joined(in);
    Buffer out = null;
    int start = 0;
    int pos = judged;
    int end = eventEnd(bytes, pos);
    while (end > 0 && state != State.FAILED) {
      var verdict = judge.judge(bytes, pos, end, state != State.WAITING);
      count(verdict, end - pos);
      if (verdict == Verdict.ERROR && state == State.WAITING) {
        // Nothing has gone out, so another provider may still answer.
        state = State.FAILED;
        return null;
      }
      if (verdict == Verdict.NOT_FOR_CALLER || verdict == Verdict.ERROR) {
        out = add(out, bytes, start, pos);
        start = end;
      }
      note(verdict);
      pos = end;
      end = eventEnd(bytes, pos);
    }
    if (state == State.FAILED) {
      return out;
    }
    return state == State.WAITING
        ? hold(bytes, 0, pos)
        : pass(in, untouched, bytes, start, pos, out);
  }

  private byte[] joined(Buffer in) {
    var bytes = new byte[held.length + in.length()];
    System.arraycopy(held, 0, bytes, 0, held.length);
    in.getBytes(bytes, held.length);
    return bytes;
  }

  private void count(Verdict verdict, int length) {
    if (verdict == Verdict.CONTENT) {
      events++;
      eventBytes += length;
      shortest = Math.min(shortest, length);
    }
  }

  private void note(Verdict verdict) {
    switch (verdict) {
      case ERROR -> state = State.FAILED;
      case LAST -> state = State.COMPLETE;
      case CONTENT -> state = state == State.WAITING ? State.BEGUN : state;
      case PRELUDE, NOT_FOR_CALLER -> {
        // Changes nothing.
      }
    }
  }

  private Buffer hold(byte[] bytes, int from, int judgedTo) {
    held = from == 0 ? bytes : java.util.Arrays.copyOfRange(bytes, from, bytes.length);
    judged = judgedTo - from;
    if (held.length > MAX_HELD) {
      state = State.UNREADABLE;
    }
    return null;
  }

  private Buffer pass(Buffer in, boolean untouched, byte[] bytes, int start, int pos, Buffer out) {
    if (pos == bytes.length) {
      held = new byte[0];
      judged = 0;
      if (start == 0) {
        return untouched ? in : Buffer.buffer(bytes);
      }
      return add(out, bytes, start, pos);
    }
    var passed = add(out, bytes, start, pos);
    hold(bytes, pos, pos);
    return passed;
  }

  private static Buffer add(Buffer out, byte[] bytes, int from, int to) {
    if (from >= to) {
      return out;
    }
    var target = out == null ? Buffer.buffer(to - from) : out;
    return target.appendBytes(bytes, from, to - from);
  }

  /** Behind the event that begins here, or 0 if its end has not come. */
  private int eventEnd(byte[] bytes, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        if (byLines) {
          return i + 1;
        }
        if (i + 1 < bytes.length && bytes[i + 1] == '\n') {
          return i + 2;
        }
        if (i + 2 < bytes.length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') {
          return i + 3;
        }
      }
    }
    return 0;
  }

  /** Whether a connection that ended now leaves a complete answer. */
  public boolean completeAtClose() {
    return state != State.FAILED && judge.completeAtClose();
  }

  /** What is still held when the connection ends, for a caller that has begun to read. */
  public Buffer rest() {
    return held.length == 0 || state == State.WAITING ? null : Buffer.buffer(held);
  }

  public Optional<TokenUsage> usage() {
    return judge.usage();
  }

  public String servedModel() {
    return judge.servedModel();
  }

  /** After FAILED. */
  public Fields error() {
    return judge.error();
  }

  /**
   * The output tokens of what has passed so far, for a stream whose end nobody saw: three bytes a
   * token of what the events hold beyond the shortest of them, and at least one each.
   */
  public long estimatedOutput() {
    return events == 0 ? 0 : events + Math.max(0, eventBytes - events * shortest) / 3;
  }
}

package io.commandcenter.akm.provider.wire;

import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.provider.FailedReplies;
import io.commandcenter.akm.provider.ProviderReply.Failed;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.StreamReader;
import io.commandcenter.akm.provider.TokenEstimate;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What every reader of a streamed answer has in common: one beginning, one end, one failure. */
public abstract class JsonStream implements StreamReader {
  private static final Consumer<ChatEvent> NOBODY = event -> {};

  protected final ProviderRequest.Chat request;
  private final Framing framing;
  private final Instant now;
  private final StopCut cut;
  private Consumer<ChatEvent> out = NOBODY;
  private boolean began;
  private boolean ended;
  private Failed failure;
  private String seed;
  private int calls;
  private TokenUsage usage;
  private long givenTokens;

  /**
   * @param stops the texts that this side must end the answer at; empty if the provider does
   */
  protected JsonStream(
      ProviderRequest.Chat request, Framing framing, Instant now, List<String> stops) {
    this.request = request;
    this.framing = framing;
    this.now = now;
    cut = new StopCut(stops);
    seed = String.valueOf(now.toEpochMilli());
  }

  /** One message of the stream; nothing is to be thrown for what stands in it. */
  protected abstract void message(Fields json);

  /** A message that is no JSON, such as {@code [DONE]}. */
  protected void mark(String text) {}

  /** The connection has ended, and the answer has not. */
  protected void closed() {}

  @Override
  public final void read(Buffer bytes, Consumer<ChatEvent> events) {
    out = events;
    if (!isOver() && !framing.take(bytes, this::message, this::ping)) {
      fail(FailedReplies.badAnswer(200));
    }
    out = NOBODY;
  }

  private void message(Buffer bytes) {
    if (isOver()) {
      return;
    }
    if (bytes.length() > 0 && bytes.getByte(0) == '[') {
      mark(bytes.toString());
    }
    message(Fields.parse(bytes));
  }

  @Override
  public final void close(Consumer<ChatEvent> events) {
    out = events;
    if (!isOver()) {
      framing.end(this::message);
    }
    if (!isOver()) {
      closed();
    }
    out = NOBODY;
  }

  @Override
  public final boolean ended() {
    return ended;
  }

  @Override
  public final Optional<Failed> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public TokenUsage spent() {
    if (usage != null) {
      return usage;
    }
    var asked = TokenEstimate.of(request, null);
    return new TokenUsage(asked.input(), 0, 0, 0, givenTokens, 0, true);
  }

  protected final boolean isOver() {
    return ended || failure != null;
  }

  protected final boolean hasBegun() {
    return began;
  }

  /** The first call counts: id and model as the provider names them, or null. */
  protected final void begin(String id, String model) {
    if (!began) {
      began = true;
      seed = id == null ? seed : id;
      out.accept(new ChatEvent.Began(id, model));
    }
  }

  /** What ids of calls are invented from, if the provider names neither them nor the answer. */
  protected final void seed(String text) {
    seed = text == null ? seed : text;
  }

  protected final void ping() {
    if (began && !isOver()) {
      out.accept(new ChatEvent.Ping());
    }
  }

  protected final void text(String text) {
    give(cut.take(text));
  }

  private void give(String text) {
    if (!text.isEmpty()) {
      givenTokens += TokenEstimate.tokens(text);
      out.accept(new ChatEvent.Text(text));
    }
  }

  /** Whatever is no text, after the text that was held back. */
  protected final void other(ChatEvent event) {
    give(cut.rest());
    if (cut.hit() == null) {
      out.accept(event);
    }
  }

  protected final void thinking(String text, String signature, String redacted, String origin) {
    givenTokens += TokenEstimate.tokens(text);
    other(new ChatEvent.Thinking(text, signature, redacted, origin));
  }

  /**
   * A call begins.
   *
   * @param id null or blank to invent one
   * @return its index among the answer's calls
   */
  protected final int call(String id, String name, String signature) {
    int index = calls++;
    var known = id == null || id.isBlank() ? CallIds.invented(seed, index) : id;
    other(new ChatEvent.CallBegan(index, known, name, signature));
    return index;
  }

  protected final void arguments(int index, String json) {
    if (!json.isEmpty()) {
      givenTokens += TokenEstimate.tokens(json);
      other(new ChatEvent.CallArguments(index, json));
    }
  }

  /** How many calls have begun. */
  protected final int calls() {
    return calls;
  }

  /** What the provider has counted so far. */
  protected final void used(TokenUsage usage) {
    this.usage = usage;
  }

  /** What the provider has counted so far; null if it has told nothing. */
  protected final TokenUsage used() {
    return usage;
  }

  /** An estimate of the tokens that were given on. */
  protected final long given() {
    return givenTokens;
  }

  /** The answer is whole. */
  protected final void end(StopReason stop, String stopText) {
    give(cut.rest());
    ended = true;
    out.accept(
        cut.hit() == null
            ? new ChatEvent.Ended(stop, stopText, usage)
            : new ChatEvent.Ended(StopReason.STOP, cut.hit(), usage));
  }

  /** The provider tells an error; what it has answered until now may be billed. */
  protected final void fail(int status, Buffer body) {
    fail(FailedReplies.of(status, MultiMap.caseInsensitiveMultiMap(), body, now));
  }

  private void fail(Failed failed) {
    failure = began ? failed.charged(spent()) : failed;
  }
}

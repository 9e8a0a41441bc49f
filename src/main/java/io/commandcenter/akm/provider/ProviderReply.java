package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** How one attempt ended. */
public sealed interface ProviderReply {
  int status();

  /**
   * @param answer null for embeddings
   * @param embeddings empty for a chat
   * @param usage as the provider says it, else an estimate
   * @param servedModel as the provider names it; null if it does not
   */
  record Answered(
      int status,
      ChatAnswer answer,
      List<List<Double>> embeddings,
      TokenUsage usage,
      String servedModel)
      implements ProviderReply {
    /** A text, or vectors. */
    public Answered(
        int status,
        String text,
        List<List<Double>> embeddings,
        String finishReason,
        TokenUsage usage,
        String servedModel) {
      this(
          status,
          text == null
              ? null
              : new ChatAnswer(
                  null,
                  servedModel,
                  List.of(new Part.Text(text)),
                  StopReason.valueOf(finishReason.toUpperCase(Locale.ROOT).replace('-', '_')),
                  null,
                  usage),
          embeddings,
          usage,
          servedModel);
    }

    /** All text of the answer; null for embeddings. */
    public String text() {
      return answer == null ? null : answer.text();
    }

    /** stop, length, tool-calls, content-filter or error. */
    public String finishReason() {
      return answer == null ? StopReason.STOP.slug() : answer.stop().slug();
    }
  }

  /**
   * @param status 0 if no HTTP answer came
   * @param detail one sentence of ours for people; never the provider's raw words
   * @param retryAfter the provider's own wait from now, or null; null with parkedUntil
   * @param parkedUntil for a quota or spend limit that opens at a known time, or null
   * @param usage what the provider charged in spite of the failure; usually none
   * @param said the provider's own words about the caller's request, without anything that looks
   *     like a key, for that caller only: never for a log, a row or another caller; or null
   */
  record Failed(
      int status,
      ErrorClass errorClass,
      String detail,
      Duration retryAfter,
      Instant parkedUntil,
      TokenUsage usage,
      String said)
      implements ProviderReply {
    /** Of which nothing is to be repeated. */
    public Failed(
        int status,
        ErrorClass errorClass,
        String detail,
        Duration retryAfter,
        Instant parkedUntil,
        TokenUsage usage) {
      this(status, errorClass, detail, retryAfter, parkedUntil, usage, null);
    }

    /** The same failure, for which the provider may have charged this. */
    public Failed charged(TokenUsage estimate) {
      return new Failed(status, errorClass, detail, retryAfter, parkedUntil, estimate, said);
    }

    /** The same failure with the provider's own words about the request. */
    public Failed saying(String words) {
      return new Failed(status, errorClass, detail, retryAfter, parkedUntil, usage, words);
    }

    /** Without the provider's words, which no log may hold. */
    @Override
    public String toString() {
      return "Failed[" + status + ", " + errorClass + ", " + detail + "]";
    }
  }

  /**
   * An answer in the caller's own format, or a stream whose events are told already.
   *
   * @param body null for a stream
   * @param headers of the provider's answer
   * @param ended how a translated stream ended; null for one that passed
   */
  record Passed(
      int status,
      Buffer body,
      MultiMap headers,
      ChatEvent.Ended ended,
      TokenUsage usage,
      String servedModel)
      implements ProviderReply {}

  /**
   * The caller left before the end.
   *
   * @param status 0 if no HTTP answer had come
   * @param usage what was charged as far as anybody knows
   */
  record Left(int status, TokenUsage usage) implements ProviderReply {}
}

package io.commandcenter.akm.provider;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** How one attempt ended. */
public sealed interface ProviderReply {
  int status();

  /**
   * @param text null for embeddings
   * @param embeddings empty for a chat
   * @param finishReason stop, length, tool-calls, content-filter or error
   * @param servedModel as the provider names it; null if it does not
   */
  record Answered(
      int status,
      String text,
      List<List<Double>> embeddings,
      String finishReason,
      TokenUsage usage,
      String servedModel)
      implements ProviderReply {}

  /**
   * @param status 0 if no HTTP answer came
   * @param detail one sentence of ours for people; never the provider's raw words
   * @param retryAfter the provider's own wait from now, or null; null with parkedUntil
   * @param parkedUntil for a quota or spend limit that opens at a known time, or null
   * @param usage what the provider charged in spite of the failure; usually none
   */
  record Failed(
      int status,
      ErrorClass errorClass,
      String detail,
      Duration retryAfter,
      Instant parkedUntil,
      TokenUsage usage)
      implements ProviderReply {
    /** The same failure, for which the provider may have charged this. */
    Failed charged(TokenUsage estimate) {
      return new Failed(status, errorClass, detail, retryAfter, parkedUntil, estimate);
    }
  }
}

package io.commandcenter.akm.contract;

import io.commandcenter.akm.core.money.TokenUsage;

/**
 * Tokens of one attempt, in disjoint buckets.
 *
 * @param inputTokens not read from or written to a cache
 * @param outputTokens including reasoning
 * @param reasoningTokens part of outputTokens, for information
 * @param estimated true if the provider did not say and this is an upper bound or an estimate
 */
public record TokenCounts(
    long inputTokens,
    long cacheReadTokens,
    long cacheWriteTokens,
    long cacheWriteLongTokens,
    long outputTokens,
    long reasoningTokens,
    long totalTokens,
    boolean estimated) {

  public static TokenCounts of(TokenUsage usage) {
    return new TokenCounts(
        usage.input(),
        usage.cacheRead(),
        usage.cacheWriteShort(),
        usage.cacheWriteLong(),
        usage.output(),
        usage.reasoning(),
        usage.total(),
        usage.estimated());
  }
}

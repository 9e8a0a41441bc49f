package io.commandcenter.akm.core.money;

/**
 * Tokens of one attempt in disjoint buckets.
 *
 * @param input not cached
 * @param cacheRead read from the provider's cache
 * @param cacheWriteShort written for minutes (5 m, 30 m)
 * @param cacheWriteLong written for hours (1 h, 12 h)
 * @param output including reasoning
 * @param reasoning part of output, for information
 * @param estimated true if the provider did not say
 */
public record TokenUsage(
    long input,
    long cacheRead,
    long cacheWriteShort,
    long cacheWriteLong,
    long output,
    long reasoning,
    boolean estimated) {
  public static final TokenUsage NONE = new TokenUsage(0, 0, 0, 0, 0, 0, false);

  /** Providers have sent negative differences: none is taken over. */
  public TokenUsage {
    input = Math.max(0, input);
    cacheRead = Math.max(0, cacheRead);
    cacheWriteShort = Math.max(0, cacheWriteShort);
    cacheWriteLong = Math.max(0, cacheWriteLong);
    output = Math.max(0, output);
    reasoning = Math.max(0, reasoning);
  }

  public static TokenUsage of(long input, long output) {
    return new TokenUsage(input, 0, 0, 0, output, 0, false);
  }

  /** The whole prompt, as price tiers and rate limits count it. */
  public long prompt() {
    return input + cacheRead + cacheWriteShort + cacheWriteLong;
  }

  public long total() {
    return prompt() + output;
  }
}

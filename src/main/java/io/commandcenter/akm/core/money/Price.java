package io.commandcenter.akm.core.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * What a model's tokens cost. Rates are pico-dollars per token, which is the same number as
 * micro-dollars per million tokens: 2 USD per million is 2,000,000.
 *
 * @param cacheRead rate of tokens read from the provider's cache
 * @param cacheWriteShort rate of tokens written for minutes
 * @param cacheWriteLong rate of tokens written for hours
 * @param tiers dearer rates for the whole request above a prompt length, by rising threshold
 * @param source {@code catalogue} or {@code configured}
 */
public record Price(
    long input,
    long cacheRead,
    long cacheWriteShort,
    long cacheWriteLong,
    long output,
    List<Tier> tiers,
    String source) {

  /**
   * @param aboveInputTokens the whole request has these rates if its prompt is longer than this
   */
  public record Tier(
      long aboveInputTokens,
      long input,
      long cacheRead,
      long cacheWriteShort,
      long cacheWriteLong,
      long output) {}

  public Price {
    tiers = List.copyOf(tiers);
  }

  /** One rate for every token, in and out. */
  public static Price flat(long rate) {
    return new Price(rate, rate, rate, rate, rate, List.of(), "configured");
  }

  /** US dollars per million tokens to a rate, rounded half up at the sixth decimal. */
  public static long rateOfUsdPerMtok(BigDecimal usd) {
    return usd.movePointRight(6).setScale(0, RoundingMode.HALF_UP).longValueExact();
  }

  public static BigDecimal usdPerMtok(long rate) {
    var exact = BigDecimal.valueOf(rate, 6).stripTrailingZeros();
    return exact.scale() < 2 ? exact.setScale(2, RoundingMode.UNNECESSARY) : exact;
  }

  /**
   * The cost in nano-dollars: one rounding, half up, for the whole request (1 nano-dollar = 1000
   * pico-dollars).
   *
   * @throws ArithmeticException if the cost does not fit
   */
  public long costNanos(TokenUsage usage) {
    var rates = ratesFor(usage.prompt());
    long pico =
        sum(
            Math.multiplyExact(usage.input(), rates.input()),
            Math.multiplyExact(usage.cacheRead(), rates.cacheRead()),
            Math.multiplyExact(usage.cacheWriteShort(), rates.cacheWriteShort()),
            Math.multiplyExact(usage.cacheWriteLong(), rates.cacheWriteLong()),
            Math.multiplyExact(usage.output(), rates.output()));
    return Math.floorDiv(Math.addExact(pico, 500), 1000);
  }

  /**
   * The most that a request may cost: its whole prompt at the dearest input rate, its output limit
   * at the dearest output rate, of all tiers the prompt could reach.
   */
  public long maxCostNanos(long maxInputTokens, long maxOutputTokens) {
    long input =
        Math.max(Math.max(this.input, cacheRead), Math.max(cacheWriteShort, cacheWriteLong));
    long output = this.output;
    for (var tier : tiers) {
      if (maxInputTokens > tier.aboveInputTokens()) {
        input =
            Math.max(
                input,
                Math.max(
                    Math.max(tier.input(), tier.cacheRead()),
                    Math.max(tier.cacheWriteShort(), tier.cacheWriteLong())));
        output = Math.max(output, tier.output());
      }
    }
    long pico =
        sum(Math.multiplyExact(maxInputTokens, input), Math.multiplyExact(maxOutputTokens, output));
    return Math.floorDiv(Math.addExact(pico, 999), 1000);
  }

  private Tier ratesFor(long prompt) {
    var rates = new Tier(0, input, cacheRead, cacheWriteShort, cacheWriteLong, output);
    for (var tier : tiers) {
      if (prompt > tier.aboveInputTokens()) {
        rates = tier;
      }
    }
    return rates;
  }

  private static long sum(long... addends) {
    long sum = 0;
    for (long addend : addends) {
      sum = Math.addExact(sum, addend);
    }
    return sum;
  }
}

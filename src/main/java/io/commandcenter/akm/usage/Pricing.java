package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.contract.UsageCalls.Settle;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.money.PriceBook;
import io.commandcenter.akm.core.money.TokenUsage;
import java.time.Instant;
import java.util.Optional;

/** Which price an attempt has: that of its start, of the model that served it where it is known. */
record Pricing(PriceBook prices) {
  // More than any context window: a provider that says more is not believed, and cannot overflow.
  static final long MAX_TOKENS = 1_000_000_000L;

  /** The price, or a refusal that says how to set one. */
  Price of(String provider, String model, Instant at) {
    return prices
        .priceOf(provider, model, at)
        .orElseThrow(
            () ->
                new Failure(
                    Code.BAD_REQUEST,
                    "no price is known for this model, and it is not taken as free; set"
                        + " `cost_per_1k_tokens` of the provider in routing.json, or"
                        + " `unknown_price` with a cap in akm.json"));
  }

  long maxCost(Hold attempt) {
    return of(attempt.provider(), attempt.model(), attempt.startedAt())
        .maxCostNanos(attempt.maxInputTokens(), attempt.maxOutputTokens());
  }

  Price ofSettled(Settle settle) {
    var attempt = settle.attempt();
    return Optional.ofNullable(settle.servedModel())
        .filter(served -> prices.factsOf(attempt.provider(), served).isPresent())
        .flatMap(served -> prices.priceOf(attempt.provider(), served, attempt.startedAt()))
        .orElseGet(() -> of(attempt.provider(), attempt.model(), attempt.startedAt()));
  }

  /** Counts beyond belief are cut and marked as estimated. */
  static TokenUsage believable(TokenUsage usage) {
    var cut =
        new TokenUsage(
            Math.min(usage.input(), MAX_TOKENS),
            Math.min(usage.cacheRead(), MAX_TOKENS),
            Math.min(usage.cacheWriteShort(), MAX_TOKENS),
            Math.min(usage.cacheWriteLong(), MAX_TOKENS),
            Math.min(usage.output(), MAX_TOKENS),
            Math.min(usage.reasoning(), MAX_TOKENS),
            true);
    boolean same =
        usage.equals(
            new TokenUsage(
                cut.input(),
                cut.cacheRead(),
                cut.cacheWriteShort(),
                cut.cacheWriteLong(),
                cut.output(),
                cut.reasoning(),
                usage.estimated()));
    return same ? usage : cut;
  }
}

package io.commandcenter.akm.core.routing;

import io.commandcenter.akm.core.money.ModelFacts;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.money.PriceBook;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A price book with one price per provider, and a catalogue of what tests put in. */
public final class FixedPrices implements PriceBook {
  private final Map<String, Price> byProvider = new HashMap<>();
  private final Map<String, ModelFacts> facts = new HashMap<>();

  /** The prices of the original configuration. */
  public static FixedPrices original() {
    return new FixedPrices()
        .price("anthropic", 15_000_000)
        .price("openai", 30_000_000)
        .price("google", 1_000_000)
        .price("local", 0);
  }

  public FixedPrices price(String provider, long rate) {
    byProvider.put(provider, Price.flat(rate));
    return this;
  }

  public FixedPrices without(String provider) {
    byProvider.remove(provider);
    return this;
  }

  /**
   * @param mode chat or embedding
   */
  public FixedPrices model(String model, String mode, Long context, Long maxOutput) {
    facts.put(
        model,
        new ModelFacts("any", model, mode, "active", null, null, context, maxOutput, Set.of()));
    return this;
  }

  @Override
  public Optional<Price> priceOf(String provider, String model, Instant at) {
    return Optional.ofNullable(byProvider.get(provider));
  }

  @Override
  public Optional<ModelFacts> factsOf(String provider, String model) {
    return Optional.ofNullable(facts.get(model));
  }
}

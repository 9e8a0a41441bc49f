package io.commandcenter.akm.core.money;

import java.time.Instant;
import java.util.Optional;

/**
 * Prices by provider, model and time; a configured price wins over the catalogue, an unknown one is
 * never zero.
 */
public interface PriceBook {
  /**
   * The price in force at a request's start.
   *
   * @param provider the configured provider's name, for example {@code local}
   */
  Optional<Price> priceOf(String provider, String model, Instant at);

  /** What the catalogue knows of a model, also of one without a price. */
  Optional<ModelFacts> factsOf(String provider, String model);
}

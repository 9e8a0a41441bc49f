package io.commandcenter.akm.core.money;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A model of the price file.
 *
 * @param aliases other names of the same model, for example dated ones
 * @param prices by rising date
 */
public record CatalogueEntry(ModelFacts facts, List<String> aliases, List<DatedPrice> prices) {
  public CatalogueEntry {
    aliases = List.copyOf(aliases);
    prices = List.copyOf(prices);
  }

  /** The price in force; empty before the first one. */
  public Optional<Price> priceAt(Instant at) {
    return prices.stream()
        .filter(dated -> dated.inForceAt(at))
        .reduce((earlier, later) -> later)
        .map(DatedPrice::price);
  }
}

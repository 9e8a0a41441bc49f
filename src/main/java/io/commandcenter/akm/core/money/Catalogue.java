package io.commandcenter.akm.core.money;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The price book: a configured price, else the price file's, else the cap for models without a
 * price; without a cap such a model has none, never zero.
 */
public final class Catalogue implements PriceBook {
  private final ModelCatalogue models;
  private final Map<String, String> vendorOfProvider;
  private final Map<String, Price> configured;
  private final Price cap;

  /**
   * @param vendorOfProvider by the configured provider's name; see {@link ModelCatalogue#vendorOf}
   * @param configured by the configured provider's name, for all of its models
   * @param cap null to know no price where there is none
   */
  public Catalogue(
      ModelCatalogue models,
      Map<String, String> vendorOfProvider,
      Map<String, Price> configured,
      Price cap) {
    this.models = models;
    this.vendorOfProvider = Map.copyOf(vendorOfProvider);
    this.configured = Map.copyOf(configured);
    this.cap = cap;
  }

  @Override
  public Optional<Price> priceOf(String provider, String model, Instant at) {
    return Optional.ofNullable(configured.get(provider))
        .or(() -> entry(provider, model).flatMap(entry -> entry.priceAt(at)))
        .or(() -> Optional.ofNullable(cap));
  }

  @Override
  public Optional<ModelFacts> factsOf(String provider, String model) {
    return entry(provider, model).map(CatalogueEntry::facts);
  }

  private Optional<CatalogueEntry> entry(String provider, String model) {
    return Optional.ofNullable(vendorOfProvider.get(provider))
        .flatMap(vendor -> models.find(vendor, model));
  }
}

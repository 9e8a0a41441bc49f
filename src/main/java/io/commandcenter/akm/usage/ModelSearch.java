package io.commandcenter.akm.usage;

import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.money.CatalogueEntry;
import io.commandcenter.akm.core.money.ModelCatalogue;
import io.commandcenter.akm.core.money.ModelFacts;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.names.Nearest;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the model of an estimate: at a configured provider first, then in the price file. */
final class ModelSearch {
  private static final int NEAREST = 3;

  private final RoutingConfig routing;
  private final ModelCatalogue models;
  private final Pricing pricing;

  ModelSearch(RoutingConfig routing, ModelCatalogue models, Pricing pricing) {
    this.routing = routing;
    this.models = models;
    this.pricing = pricing;
  }

  /**
   * @param provider a configured provider, or the vendor if none of them has the model
   * @param capped true if no price is known and the configured cap stands in for it
   */
  record Found(
      String provider,
      String vendor,
      String model,
      Price price,
      boolean capped,
      Optional<ModelFacts> facts) {}

  /**
   * @param provider null to search them all; a model {@code provider/model} names it too
   */
  Found find(String provider, String model, Instant at) {
    if (provider != null) {
      return at(provider, model, at);
    }
    int slash = model.indexOf('/');
    if (slash > 0 && isKnown(model.substring(0, slash))) {
      return at(model.substring(0, slash), model.substring(slash + 1), at);
    }
    return anywhere(model, at);
  }

  /** Of a request that was made elsewhere; refuses a provider that nobody knows. */
  Price price(String provider, String model, Instant at) {
    return routing.providers().containsKey(provider)
        ? pricing.of(provider, model, at)
        : at(provider, model, at).price();
  }

  /** Refuses a provider that is neither configured nor in the price file. */
  void requireKnown(String provider) {
    if (!isKnown(provider)) {
      throw unknownProvider();
    }
  }

  private boolean isKnown(String provider) {
    return routing.providers().containsKey(provider)
        || models.vendors().contains(ModelCatalogue.vendorOf(provider));
  }

  private Found anywhere(String model, Instant at) {
    var configured = routing.providers().values();
    return configured.stream()
        .filter(provider -> provider.models().contains(model))
        .findFirst()
        .or(() -> configured.stream().filter(provider -> hasFacts(provider, model)).findFirst())
        .map(provider -> at(provider.name(), model, at))
        .or(() -> models.findAnywhere(model).map(entry -> listed(entry, at)))
        .orElseThrow(() -> unknownModel(model, allNames()));
  }

  private Found at(String provider, String model, Instant at) {
    var configured = routing.providers().get(provider);
    var vendor = configured == null ? ModelCatalogue.vendorOf(provider) : configured.vendor();
    if (configured == null && !models.vendors().contains(vendor)) {
      throw unknownProvider();
    }
    var entry = models.find(vendor, model);
    if (configured == null) {
      return listed(entry.orElseThrow(() -> unknownModel(model, models.names(vendor))), at);
    }
    if (entry.isEmpty() && !configured.models().contains(model)) {
      throw unknownModel(model, names(configured));
    }
    return new Found(
        provider,
        vendor,
        model,
        pricing.of(provider, model, at),
        configured.price() == null && entry.flatMap(known -> known.priceAt(at)).isEmpty(),
        entry.map(CatalogueEntry::facts));
  }

  private Found listed(CatalogueEntry entry, Instant at) {
    var facts = entry.facts();
    var price = entry.priceAt(at).orElseThrow(() -> unknownModel(facts.model(), allNames()));
    return new Found(
        facts.vendor(), facts.vendor(), facts.model(), price, false, Optional.of(facts));
  }

  private boolean hasFacts(RoutingConfig.Provider provider, String model) {
    return models.find(provider.vendor(), model).isPresent();
  }

  private Collection<String> names(RoutingConfig.Provider provider) {
    var names = new LinkedHashSet<>(provider.models());
    names.addAll(models.names(provider.vendor()));
    return names;
  }

  private Collection<String> allNames() {
    var names = new TreeSet<String>();
    routing.providers().values().forEach(provider -> names.addAll(provider.models()));
    models.vendors().forEach(vendor -> names.addAll(models.names(vendor)));
    return names;
  }

  private Failure unknownProvider() {
    return new Failure(
        Code.UNKNOWN_PROVIDER,
        "no provider of this name is configured; use one of " + routing.providers().keySet());
  }

  private static Failure unknownModel(String model, Collection<String> names) {
    var nearest = Nearest.several(model, names, NEAREST);
    return new Failure(
        Code.UNKNOWN_MODEL,
        "this model is not known here"
            + (nearest.isEmpty()
                ? "; use a listed model or add it to routing.json"
                : "; the nearest names are " + String.join(", ", nearest)));
  }
}

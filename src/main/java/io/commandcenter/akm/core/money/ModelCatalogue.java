package io.commandcenter.akm.core.money;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The models of the price file, by vendor and name or alias. */
public final class ModelCatalogue {
  // Ollama's models carry a size or quantisation after the colon; `latest` is left out by people.
  private static final String TAGGED = "ollama";

  private final Map<String, Map<String, CatalogueEntry>> byVendor = new LinkedHashMap<>();

  public ModelCatalogue(List<CatalogueEntry> entries) {
    for (var entry : entries) {
      var models = byVendor.computeIfAbsent(entry.facts().vendor(), v -> new LinkedHashMap<>());
      models.put(entry.facts().model(), entry);
      entry.aliases().forEach(alias -> models.putIfAbsent(alias, entry));
    }
  }

  /** Whose catalogue a wire protocol's models stand in: google speaks for gemini. */
  public static String vendorOf(String protocol) {
    return protocol.equals("google") ? "gemini" : protocol;
  }

  public Optional<CatalogueEntry> find(String vendor, String model) {
    var models = byVendor.getOrDefault(vendor, Map.of());
    var entry = models.get(model);
    if (entry == null && TAGGED.equals(vendor) && model.contains(":")) {
      entry = models.get(model.substring(0, model.indexOf(':')));
    }
    return Optional.ofNullable(entry);
  }

  public Optional<ModelFacts> factsOf(String vendor, String model) {
    return find(vendor, model).map(CatalogueEntry::facts);
  }

  /** The first vendor's model of this name. */
  public Optional<CatalogueEntry> findAnywhere(String model) {
    return byVendor.keySet().stream().flatMap(vendor -> find(vendor, model).stream()).findFirst();
  }

  public Set<String> vendors() {
    return Collections.unmodifiableSet(byVendor.keySet());
  }

  /** Every name and alias of a vendor's models. */
  public Set<String> names(String vendor) {
    return Collections.unmodifiableSet(byVendor.getOrDefault(vendor, Map.of()).keySet());
  }
}

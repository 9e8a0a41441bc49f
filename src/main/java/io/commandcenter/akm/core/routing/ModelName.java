package io.commandcenter.akm.core.routing;

import io.commandcenter.akm.core.names.Nearest;
import java.util.List;

/**
 * A model that a query names.
 *
 * @param provider the only one meant, or null
 */
record ModelName(String provider, String model) {
  private static final int MOST = 5;

  /**
   * Reads {@code model} or {@code provider/model}. Listed names win: some models have a slash of
   * their own.
   */
  static ModelName of(String text, RoutingFacts facts) {
    int slash = text.indexOf('/');
    if (slash < 1
        || slash == text.length() - 1
        || facts.providers().values().stream().anyMatch(p -> p.models().contains(text))) {
      return new ModelName(null, text);
    }
    var provider = text.substring(0, slash);
    return facts.providers().containsKey(provider)
        ? new ModelName(provider, text.substring(slash + 1))
        : new ModelName(null, text);
  }

  boolean offeredBy(ProviderFacts facts) {
    return facts.enabled()
        && (provider == null || provider.equals(facts.name()))
        && facts.models().contains(model);
  }

  /** Listed models to suggest instead. */
  List<String> near(RoutingFacts facts) {
    var listed =
        facts.providers().values().stream()
            .filter(ProviderFacts::enabled)
            .flatMap(p -> p.models().stream())
            .distinct()
            .toList();
    var near = Nearest.several(model, listed, MOST);
    return near.isEmpty() ? listed.stream().limit(MOST).toList() : near;
  }
}

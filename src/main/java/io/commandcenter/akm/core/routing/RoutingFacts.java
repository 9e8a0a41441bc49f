package io.commandcenter.akm.core.routing;

import io.commandcenter.akm.core.money.PriceBook;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything a decision depends on, at one moment.
 *
 * @param providers in the order of the configuration
 * @param cooling how long each still cools
 */
public record RoutingFacts(
    Map<String, ProviderFacts> providers,
    Map<String, Task> tasks,
    List<String> fallbackOrder,
    Map<Cooled, Duration> cooling,
    PriceBook prices) {

  public RoutingFacts {
    providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
    fallbackOrder = List.copyOf(fallbackOrder);
    cooling = Map.copyOf(cooling);
  }

  /** How long a provider or this model of it still cools, whatever the key. */
  Duration providerWait(String provider, String model) {
    return longer(wait(provider, null, null), wait(provider, null, model));
  }

  Duration keyWait(String provider, String keyId, String model) {
    return longer(wait(provider, keyId, null), wait(provider, keyId, model));
  }

  private Duration wait(String provider, String keyId, String model) {
    return cooling.getOrDefault(new Cooled(provider, keyId, model), Duration.ZERO);
  }

  private static Duration longer(Duration a, Duration b) {
    return a.compareTo(b) >= 0 ? a : b;
  }
}

package io.commandcenter.akm.config;

import io.commandcenter.akm.core.money.ModelCatalogue;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.routing.StrategyName;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * conf/routing.json as records, in the order of the file.
 *
 * @param warnings what is allowed but should be changed, for example retired models
 */
public record RoutingConfig(
    Map<String, Provider> providers,
    Map<String, Task> tasks,
    List<String> fallbackOrder,
    List<String> warnings) {

  public RoutingConfig {
    providers = Collections.unmodifiableMap(new LinkedHashMap<>(providers));
    tasks = Collections.unmodifiableMap(new LinkedHashMap<>(tasks));
    fallbackOrder = List.copyOf(fallbackOrder);
    warnings = List.copyOf(warnings);
  }

  /**
   * @param protocol anthropic, openai, google or ollama
   * @param apiKeyEnv the variable this provider's key may come from, or null
   * @param endpoint base URL without a trailing slash; null for the protocol's own
   * @param requestsPerMinute null for no limit
   * @param price {@code cost_per_1k_tokens}, for every token; null to use the catalogue
   */
  public record Provider(
      String name,
      String protocol,
      boolean enabled,
      String apiKeyEnv,
      URI endpoint,
      List<String> models,
      Integer requestsPerMinute,
      Price price) {
    public Provider {
      models = List.copyOf(models);
    }

    /** Whose model catalogue applies: anthropic, openai, gemini or ollama. */
    public String vendor() {
      return ModelCatalogue.vendorOf(protocol);
    }
  }

  public record Task(String name, StrategyName strategy, List<Target> targets) {
    public Task {
      targets = List.copyOf(targets);
    }
  }

  /**
   * @param model null for the provider's first model that fits
   */
  public record Target(String provider, String model, int weight) {}
}

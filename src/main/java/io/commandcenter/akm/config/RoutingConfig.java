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
   * @param protocol anthropic, openai, google, ollama, bedrock or one of {@link Presets}
   * @param apiKeyEnv the variable this provider's key may come from, or null
   * @param endpoint base URL without a trailing slash; null for the protocol's own
   * @param requestsPerMinute null for no limit
   * @param price {@code cost_per_1k_tokens}, for every token; null to use the catalogue
   * @param rotateEveryDays how old a key's version may become, unless the key says; null for no end
   * @param minter makes this provider's new keys; null if a person does
   * @param compat the switches of an OpenAI-compatible server; null unless some are overridden
   */
  public record Provider(
      String name,
      String protocol,
      boolean enabled,
      String apiKeyEnv,
      URI endpoint,
      List<String> models,
      Integer requestsPerMinute,
      Price price,
      Integer rotateEveryDays,
      Minter minter,
      Compat compat) {
    public Provider {
      models = List.copyOf(models);
    }

    /** Whose keys people rotate, when they want to. */
    public Provider(
        String name,
        String protocol,
        boolean enabled,
        String apiKeyEnv,
        URI endpoint,
        List<String> models,
        Integer requestsPerMinute,
        Price price) {
      this(
          name,
          protocol,
          enabled,
          apiKeyEnv,
          endpoint,
          models,
          requestsPerMinute,
          price,
          null,
          null,
          null);
    }

    /** Whose model catalogue applies: anthropic, openai, gemini, ollama … */
    public String vendor() {
      return Presets.vendorOf(protocol).orElseGet(() -> ModelCatalogue.vendorOf(protocol));
    }
  }

  /**
   * How new keys are made at a provider.
   *
   * @param kind openai, openrouter or anthropic (which only takes keys out of use)
   * @param adminKey the label of the sealed key, of purpose minting, that may do it
   * @param project for openai: the project whose service accounts the keys are
   * @param endpoint base URL without a trailing slash; null for the kind's own
   */
  public record Minter(String kind, String adminKey, String project, URI endpoint) {}

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

package io.commandcenter.akm.core.routing;

import java.time.Duration;
import java.util.List;

/**
 * A provider at the moment of a decision.
 *
 * @param models in the order of the configuration
 * @param trialRunning while PROBING: its one request is under way
 * @param limitWait until its requests-per-minute limit has room; zero if it has
 */
public record ProviderFacts(
    String name,
    boolean enabled,
    boolean needsKey,
    EmbeddingSupport embeddings,
    List<String> models,
    List<KeyFacts> keys,
    Condition condition,
    boolean trialRunning,
    Duration limitWait) {
  public ProviderFacts {
    models = List.copyOf(models);
    keys = List.copyOf(keys);
  }

  /** The keys that could be used now, cool-downs aside. */
  public List<KeyFacts> usableKeys() {
    return keys.stream().filter(KeyFacts::usable).toList();
  }
}

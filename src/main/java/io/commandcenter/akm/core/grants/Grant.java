package io.commandcenter.akm.core.grants;

import java.util.List;

/**
 * What the request path needs to know of a token beyond its scope; small and flat, so that it can
 * travel with a request. What a token's ancestors limit is in it too.
 *
 * @param tasks allowed ones; empty for all, here and below
 * @param models patterns as in {@link ModelPattern}
 * @param rates requests per minute, the token's own and its ancestors'
 * @param spending limits in dollars, the token's own and its ancestors'
 */
public record Grant(
    List<String> tasks,
    List<String> models,
    List<String> providers,
    List<RateLimit> rates,
    List<SpendLimit> spending) {
  /** Limits nothing. */
  public static final Grant ALL = new Grant(null, null, null, null, null);

  public Grant {
    tasks = copy(tasks);
    models = copy(models);
    providers = copy(providers);
    rates = copy(rates);
    spending = copy(spending);
  }

  private static <T> List<T> copy(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  /** Whether it limits anything at all. */
  public boolean limits() {
    return !equals(ALL);
  }

  /**
   * @param task null for a request of no task, which a token with tasks may not send
   */
  public boolean allowsTask(String task) {
    return tasks.isEmpty() || (task != null && tasks.contains(task));
  }

  public boolean allowsProvider(String provider) {
    return providers.isEmpty() || providers.contains(provider);
  }

  /** Whether the provider and this model of it may be used. */
  public boolean allows(String provider, String model) {
    return allowsProvider(provider)
        && (models.isEmpty()
            || models.stream()
                .anyMatch(pattern -> ModelPattern.of(pattern).matches(provider, model)));
  }
}

package io.commandcenter.akm.core.routing;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the targets of a task are ordered. */
public enum StrategyName {
  /** As configured: the first that may, takes it. */
  PRIORITY,
  /** By the upper bound of the request's cost. */
  CHEAPEST,
  /** Drawn by weight, for load balancing. */
  WEIGHTED;

  public String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<StrategyName> ofSlug(String slug) {
    return Arrays.stream(values()).filter(name -> name.slug().equals(slug)).findFirst();
  }
}

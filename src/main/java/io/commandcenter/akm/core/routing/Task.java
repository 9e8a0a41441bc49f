package io.commandcenter.akm.core.routing;

import java.util.List;

/** A kind of request and where it goes. */
public record Task(String name, StrategyName strategy, List<Target> targets) {
  public Task {
    targets = List.copyOf(targets);
  }

  /**
   * @param model null for the provider's first that fits
   */
  public record Target(String provider, String model, int weight) {}
}

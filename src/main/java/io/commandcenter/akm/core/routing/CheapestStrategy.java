package io.commandcenter.akm.core.routing;

import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/** By the upper bound of the cost; equal ones as configured, unpriced ones last. */
final class CheapestStrategy implements Strategy {
  @Override
  public List<Offer> order(List<Offer> offers, RandomGenerator random) {
    return offers.stream()
        .sorted(
            Comparator.comparing(
                Offer::maxCostNanos, Comparator.nullsLast(Comparator.naturalOrder())))
        .toList();
  }
}

package io.commandcenter.akm.core.routing;

import java.util.List;
import java.util.random.RandomGenerator;

/** As configured. */
final class PriorityStrategy implements Strategy {
  @Override
  public List<Offer> order(List<Offer> offers, RandomGenerator random) {
    return offers;
  }
}

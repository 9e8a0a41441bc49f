package io.commandcenter.akm.core.routing;

import java.util.List;
import java.util.random.RandomGenerator;

/** Orders the offers of one group, the one to try first in front; drops none. */
interface Strategy {
  List<Offer> order(List<Offer> offers, RandomGenerator random);

  static Strategy of(StrategyName name) {
    return switch (name) {
      case PRIORITY -> new PriorityStrategy();
      case CHEAPEST -> new CheapestStrategy();
      case WEIGHTED -> new WeightedStrategy();
    };
  }
}

package io.commandcenter.akm.core.routing;

import java.util.List;
import java.util.random.RandomGenerator;

/** Drawn by weight; the rest of the draw is the order of the fallbacks. */
final class WeightedStrategy implements Strategy {
  @Override
  public List<Offer> order(List<Offer> offers, RandomGenerator random) {
    return WeightedDraw.order(offers, offer -> offer.step().weight(), random);
  }
}

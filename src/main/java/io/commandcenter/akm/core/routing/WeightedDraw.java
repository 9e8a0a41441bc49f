package io.commandcenter.akm.core.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.random.RandomGenerator;

/** Draws without putting back, each time by weight among those left. */
final class WeightedDraw {
  private WeightedDraw() {}

  static <T> List<T> order(List<T> items, ToLongFunction<T> weight, RandomGenerator random) {
    var left = new ArrayList<>(items);
    var drawn = new ArrayList<T>(items.size());
    while (left.size() > 1) {
      drawn.add(left.remove(draw(left, weight, random)));
    }
    drawn.addAll(left);
    return drawn;
  }

  private static <T> int draw(List<T> left, ToLongFunction<T> weight, RandomGenerator random) {
    long sum = left.stream().mapToLong(item -> positive(weight, item)).sum();
    long ticket = random.nextLong(sum);
    int index = 0;
    while (ticket >= positive(weight, left.get(index))) {
      ticket -= positive(weight, left.get(index));
      index++;
    }
    return index;
  }

  private static <T> long positive(ToLongFunction<T> weight, T item) {
    return Math.max(1, weight.applyAsLong(item));
  }
}

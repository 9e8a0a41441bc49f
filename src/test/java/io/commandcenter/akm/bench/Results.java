package io.commandcenter.akm.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What was measured, by load and target; asked for as medians over the rounds. */
final class Results {
  private final Map<String, List<Measured>> all = new HashMap<>();

  void add(String load, String target, Measured measured) {
    of(load, target).add(measured);
  }

  /** NaN if it was not measured. */
  double median(String load, String target, ToDoubleFunction<Measured> figure) {
    return Percentiles.median(of(load, target).stream().mapToDouble(figure).toArray());
  }

  double sum(String load, String target, ToDoubleFunction<Measured> figure) {
    return of(load, target).stream().mapToDouble(figure).sum();
  }

  /**
   * The largest difference between two measurements of the same thing, in percent of the median.
   */
  double spread(String load, String target, ToDoubleFunction<Measured> figure) {
    var values = of(load, target).stream().mapToDouble(figure).summaryStatistics();
    return 100 * (values.getMax() - values.getMin()) / median(load, target, figure);
  }

  private List<Measured> of(String load, String target) {
    return all.computeIfAbsent(load + '\n' + target, key -> new ArrayList<>());
  }
}

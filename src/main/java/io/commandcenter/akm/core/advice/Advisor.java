package io.commandcenter.akm.core.advice;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What to change, most urgent first; the same evidence always gives the same advice. */
public final class Advisor {
  private Advisor() {}

  /** Empty if nothing is to be said. */
  public static List<Advice> of(Evidence evidence) {
    List<Advice> all = new ArrayList<>();
    for (var task : evidence.tasks()) {
      all.addAll(TargetRules.of(evidence, task));
      all.addAll(TrafficRules.of(evidence, task));
    }
    evidence.warnings().forEach(warning -> all.add(TargetRules.ofConfiguration(warning)));
    all.addAll(ProviderRules.of(evidence));
    all.sort(
        Comparator.comparing(Advice::severity)
            .thenComparing(advice -> -saving(advice))
            .thenComparing(advice -> String.valueOf(advice.task()))
            .thenComparing(advice -> String.valueOf(advice.provider()))
            .thenComparing(Advice::kind));
    return all;
  }

  private static long saving(Advice advice) {
    return advice.monthlySavingNanos() == null ? 0 : advice.monthlySavingNanos();
  }
}

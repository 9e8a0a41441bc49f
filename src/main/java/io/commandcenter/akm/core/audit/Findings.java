package io.commandcenter.akm.core.audit;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was found, one of each kind, however much of it there is. */
final class Findings {
  private final Map<Tampering, Finding> found = new EnumMap<>(Tampering.class);

  void add(Finding finding) {
    found.merge(finding.kind(), finding, Finding::and);
  }

  boolean none() {
    return found.isEmpty();
  }

  /** Those about rows first, the earliest row before all others. */
  List<Finding> list() {
    return found.values().stream()
        .sorted(
            Comparator.comparing((Finding finding) -> finding.seq() == null)
                .thenComparing(Finding::place))
        .toList();
  }
}

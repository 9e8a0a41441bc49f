package io.commandcenter.akm.core.audit;

import java.util.TreeMap;
import java.util.function.Consumer;

/** Places of a chain that were passed over: deleted, unless their rows come later. */
final class Gaps {
  /** A bound on memory: of more gaps than this only the number of rows is kept. */
  private static final int MAX = 10_000;

  private record Gap(long to, LogRow missedAt) {}

  private final String node;
  private final TreeMap<Long, Gap> gaps = new TreeMap<>();
  private Finding beyond;

  Gaps(String node) {
    this.node = node;
  }

  void add(long from, long to, LogRow missedAt) {
    if (gaps.size() < MAX) {
      gaps.put(from, new Gap(to, missedAt));
    } else {
      var more = deleted(from, to, missedAt);
      beyond = beyond == null ? more : beyond.and(more);
    }
  }

  /** Whether the place had been passed over; it is no longer. */
  boolean fill(long place) {
    var found = gaps.floorEntry(place);
    if (found == null || found.getValue().to() < place) {
      return false;
    }
    var gap = found.getValue();
    gaps.remove(found.getKey());
    if (found.getKey() < place) {
      gaps.put(found.getKey(), new Gap(place - 1, gap.missedAt()));
    }
    if (place < gap.to()) {
      gaps.put(place + 1, gap);
    }
    return true;
  }

  void report(Consumer<Finding> findings) {
    gaps.forEach((from, gap) -> findings.accept(deleted(from, gap.to(), gap.missedAt())));
    if (beyond != null) {
      findings.accept(beyond);
    }
  }

  private Finding deleted(long from, long to, LogRow missedAt) {
    return new Finding(Tampering.DELETED, node, missedAt.seq(), from, null, to - from + 1);
  }
}

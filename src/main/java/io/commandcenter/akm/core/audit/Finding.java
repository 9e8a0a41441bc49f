package io.commandcenter.akm.core.audit;

/**
 * One kind of tampering, and where it was found first.
 *
 * @param node null if nobody can say
 * @param seq of the first bad row, or of the row at which the first missing one was missed; null if
 *     it is about no row
 * @param n the place of the first bad or missing row in its chain; null if it has none
 * @param line of the checkpoint file; null if it is about none
 * @param count how many rows, or checkpoints, in all
 */
public record Finding(Tampering kind, String node, Long seq, Long n, Long line, long count) {
  static Finding ofRow(Tampering kind, LogRow row, long count) {
    return new Finding(kind, row.node(), row.seq(), row.chained() ? row.n() : null, null, count);
  }

  static Finding ofCheckpoint(Tampering kind, String node, Long line, long count) {
    return new Finding(kind, node, null, null, line, count);
  }

  /** Both together, placed where the earlier one was. */
  Finding and(Finding other) {
    var first = other.place() < place() ? other : this;
    return new Finding(
        kind, first.node, first.seq, first.n, first.line, Math.addExact(count, other.count));
  }

  long place() {
    if (seq != null) {
      return seq;
    }
    return line == null ? Long.MAX_VALUE : line;
  }
}

package io.commandcenter.akm.core.audit;

import java.util.function.Consumer;

/** One node's chain while its rows go by, in the order of the log. */
final class Chain {
  /** One or two rows that do not fit were edited; more in a row are a chain made anew. */
  private static final int EDITS_IN_A_ROW = 2;

  private final ChainKey key;
  private final String node;
  private final Consumer<Finding> findings;
  private final Gaps gaps;
  private long n;
  private long rows;
  private long lines;
  private byte[] stored = ChainKey.NO_MAC;
  private byte[] computed;
  private LogRow firstUnfit;
  private long unfit;

  Chain(ChainKey key, String node, Consumer<Finding> findings) {
    this.key = key;
    this.node = node;
    this.findings = findings;
    gaps = new Gaps(node);
  }

  /** Goes on after a row that is taken as it is. */
  void startAfter(LogRow row) {
    place(row.n(), row.mac());
  }

  /** True if the row follows from the one before. */
  boolean next(LogRow row) {
    rows++;
    lines = Math.max(lines, row.lines());
    if (row.n() == n + 1) {
      return follow(row);
    }
    if (key.fits(row.at(n + 1), stored)) {
      // All of it is as written but its place.
      findings.accept(Finding.ofRow(Tampering.EDITED, row, 1));
      place(n + 1, row.mac());
    } else if (row.n() > n + 1) {
      endOfUnfit();
      gaps.add(n + 1, row.n() - 1, row);
      place(row.n(), row.mac());
    } else {
      var kind = gaps.fill(row.n()) ? Tampering.REORDERED : Tampering.INSERTED;
      findings.accept(Finding.ofRow(kind, row, 1));
    }
    return false;
  }

  private boolean follow(LogRow row) {
    // If only the MAC of the row before was edited, this one still follows from what it should be.
    if (key.fits(row, stored) || computed != null && key.fits(row, computed)) {
      endOfUnfit();
      place(row.n(), row.mac());
      return true;
    }
    firstUnfit = unfit == 0 ? row : firstUnfit;
    unfit++;
    var should = key.mac(row, stored);
    place(row.n(), row.mac());
    computed = should;
    return false;
  }

  private void place(long place, byte[] mac) {
    n = place;
    stored = mac == null ? ChainKey.NO_MAC : mac;
    computed = null;
  }

  private void endOfUnfit() {
    if (unfit > 0) {
      var kind = unfit <= EDITS_IN_A_ROW ? Tampering.EDITED : Tampering.RESTAMPED;
      findings.accept(Finding.ofRow(kind, firstUnfit, unfit));
      unfit = 0;
    }
  }

  /** After the last row: reports what only the end can tell. */
  void end() {
    endOfUnfit();
    gaps.report(findings);
  }

  String node() {
    return node;
  }

  long rows() {
    return rows;
  }

  /** The place of its newest row. */
  long n() {
    return n;
  }

  /** The data was restored here, and its checkpoints begin anew. */
  void restored() {
    lines = 0;
  }

  /** How many checkpoints of this node its rows have seen since the last restore. */
  long lines() {
    return lines;
  }
}

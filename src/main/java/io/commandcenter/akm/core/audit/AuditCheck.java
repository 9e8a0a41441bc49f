package io.commandcenter.akm.core.audit;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Goes through the log once, row by row in its order, beside its checkpoints, and finds what was
 * done to either. It keeps a few values for each node, however long the log is.
 */
public final class AuditCheck {
  /** A bound on memory: nodes are few, and rows of more are none that this vault wrote. */
  private static final int MAX_NODES = 256;

  private static final Pattern BOUND = Pattern.compile("count=(\\d{1,18}) digest=([0-9a-f]{64})");
  private static final String RESTORE = "vault.restore";
  private static final String START = "audit.start";

  private final ChainKey key;
  private final Findings findings = new Findings();
  private final Map<String, Chain> chains = new LinkedHashMap<>();
  private final OlderRows older = new OlderRows();
  private final Trail trail;
  private final boolean whole;
  private long rows;
  private long last;
  private boolean olderChanged;
  private Finding hole;
  private Finding unmet;

  /**
   * @param before the last row of each node before the first that is checked, taken as they are;
   *     empty for the whole log
   * @param firstSeq of the first row to be checked
   */
  public AuditCheck(
      ChainKey key, Iterator<CheckpointLine> lines, Iterable<LogRow> before, long firstSeq) {
    this.key = key;
    for (var row : before) {
      chain(row.node()).startAfter(row);
    }
    whole = chains.isEmpty();
    last = whole ? 0 : firstSeq - 1;
    trail = new Trail(key, lines, findings::add);
    while (trail.next() != null && trail.next().rows() < firstSeq) {
      trail.advance();
    }
  }

  private Chain chain(String node) {
    return chains.computeIfAbsent(node, name -> new Chain(key, name, findings::add));
  }

  /** The next row of the log. */
  public void row(LogRow row) {
    rows++;
    if (!row.chained()) {
      olderRow(row);
    } else {
      chainedRow(row);
    }
    last = row.seq();
  }

  private void olderRow(LogRow row) {
    if (row.n() != 0 || row.lines() != 0 || row.mac() != null) {
      // Such a row never had any of these.
      findings.add(Finding.ofRow(Tampering.EDITED, row, 1));
    }
    if (chains.isEmpty()) {
      older.add(row);
    } else {
      findings.add(Finding.ofRow(Tampering.INSERTED, row, 1));
    }
  }

  private void chainedRow(LogRow row) {
    if (!chains.isEmpty() && row.seq() != last + 1 && hole == null) {
      hole = new Finding(Tampering.DELETED, null, row.seq(), null, null, row.seq() - last - 1);
    }
    if (!chains.containsKey(row.node()) && chains.size() >= MAX_NODES) {
      findings.add(Finding.ofRow(Tampering.INSERTED, row, 1));
      return;
    }
    boolean follows = chain(row.node()).next(row);
    if (whole && row.n() == 1) {
      bindOlder(row);
    }
    // Only whoever has the master key can write such a row that follows.
    if (follows && row.action().equals(RESTORE)) {
      chains.values().forEach(Chain::restored);
    }
    compare(row, follows);
  }

  /** A chain's first row says which rows are older than it. */
  private void bindOlder(LogRow first) {
    var said = first.action().equals(START) ? BOUND.matcher(first.detail()) : null;
    boolean binds = said != null && said.matches();
    long count = binds ? Long.parseLong(said.group(1)) : 0;
    boolean same = count == older.count() && (count == 0 || older.digest().equals(said.group(2)));
    // The same of every chain: one of them says it for all.
    if (same || olderChanged) {
      return;
    }
    olderChanged = true;
    var kind = Tampering.EDITED;
    if (count != older.count()) {
      kind = count > older.count() ? Tampering.DELETED : Tampering.INSERTED;
    }
    long seq = older.count() == 0 ? first.seq() : older.first();
    var many = Math.max(1, Math.abs(count - older.count()));
    findings.add(new Finding(kind, null, seq, null, null, many));
  }

  private void compare(LogRow row, boolean follows) {
    while (trail.next() != null && trail.next().rows() <= row.seq()) {
      var checkpoint = trail.next();
      if (checkpoint.rows() < row.seq()) {
        // Its row is not there; mostly the chain says so itself.
        miss(row, checkpoint);
      } else if (follows && !agrees(checkpoint, row)) {
        findings.add(Finding.ofRow(Tampering.RESTAMPED, row, 1));
      }
      trail.advance();
    }
  }

  private void miss(LogRow row, Checkpoint checkpoint) {
    var finding =
        new Finding(Tampering.RESTAMPED, checkpoint.node(), row.seq(), checkpoint.n(), null, 1);
    unmet = unmet == null ? finding : unmet.and(finding);
  }

  private static boolean agrees(Checkpoint checkpoint, LogRow row) {
    return checkpoint.node().equals(row.node())
        && checkpoint.n() == row.n()
        && checkpoint.mac().equals(HexFormat.of().formatHex(row.mac()));
  }

  /**
   * After the last row.
   *
   * @param records the database's own record of each node's last checkpoint; null where it cannot
   *     be read
   * @param counter the highest seq that the database says it has given out
   */
  public AuditReport end(Map<String, Checkpoint> records, long counter) {
    chains.values().forEach(Chain::end);
    trail.finish();
    cutCheckpoints(records);
    truncation();
    if (findings.none()) {
      whatNothingElseExplains(counter);
    }
    var nodes =
        chains.values().stream()
            .map(
                chain ->
                    new AuditReport.NodeReport(
                        chain.node(), chain.rows(), chain.n(), trail.vouched(chain.node())))
            .toList();
    var publicKey = HexFormat.of().formatHex(key.checkpoints().publicKey());
    return new AuditReport(rows, older.count(), trail.genuine(), publicKey, nodes, findings.list());
  }

  private void cutCheckpoints(Map<String, Checkpoint> records) {
    // Both the rows and the database's record tell how many were made.
    var made = new HashMap<String, Long>();
    chains.values().forEach(chain -> made.put(chain.node(), chain.lines()));
    records.forEach(
        (node, record) -> {
          if (record == null || !record.genuine(key) || !record.node().equals(node)) {
            findings.add(Finding.ofCheckpoint(Tampering.CHECKPOINT_EDITED, node, null, 1));
          } else {
            made.merge(node, record.line(), Math::max);
          }
        });
    made.forEach(trail::expect);
    for (var node : trail.nodes()) {
      if (trail.recorded(node) && !records.containsKey(node)) {
        findings.add(Finding.ofCheckpoint(Tampering.CHECKPOINT_CUT, node, null, 1));
      }
    }
  }

  private void truncation() {
    for (var node : trail.nodes()) {
      long n = chains.containsKey(node) ? chains.get(node).n() : 0;
      long missing = trail.vouched(node) - n;
      if (missing > 0) {
        findings.add(new Finding(Tampering.TRUNCATED, node, last + 1, n + 1, null, missing));
      }
    }
  }

  private void whatNothingElseExplains(long counter) {
    if (unmet != null) {
      findings.add(unmet);
    }
    if (hole != null) {
      findings.add(hole);
    }
    if (counter > last) {
      findings.add(new Finding(Tampering.TRUNCATED, null, last + 1, null, null, counter - last));
    }
    if (chains.isEmpty() && counter <= last) {
      // A vault that is in use has written at least how it began.
      findings.add(new Finding(Tampering.TRUNCATED, null, last + 1, null, null, 1));
    }
  }
}

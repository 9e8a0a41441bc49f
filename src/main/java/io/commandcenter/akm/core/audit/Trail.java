package io.commandcenter.akm.core.audit;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The checkpoints, read alongside the rows. Each is verified, and must be the next of its node: it
 * counts and it names the one before.
 */
final class Trail {
  /** What was read of one node's checkpoints. */
  private static final class Read {
    private Checkpoint last;
    private long brokenBefore;
    private long vouched;
  }

  private final ChainKey key;
  private final Iterator<CheckpointLine> lines;
  private final Consumer<Finding> findings;
  private final Map<String, Read> nodes = new HashMap<>();
  private CheckpointLine next;
  private long genuine;
  private long broken;

  Trail(ChainKey key, Iterator<CheckpointLine> lines, Consumer<Finding> findings) {
    this.key = key;
    this.lines = lines;
    this.findings = findings;
    advance();
  }

  /** The next checkpoint, or null; its row is not yet looked at. */
  Checkpoint next() {
    return next == null ? null : next.checkpoint();
  }

  /** On to the next genuine one. */
  void advance() {
    next = null;
    while (next == null && lines.hasNext()) {
      var line = lines.next();
      if (line.checkpoint() == null || !line.checkpoint().genuine(key)) {
        broken++;
        findings.accept(Finding.ofCheckpoint(Tampering.CHECKPOINT_EDITED, null, line.number(), 1));
      } else {
        next = line;
        genuine++;
        take(line);
      }
    }
  }

  private void take(CheckpointLine line) {
    var checkpoint = line.checkpoint();
    var read = nodes.computeIfAbsent(checkpoint.node(), node -> new Read());
    if (line.settled()) {
      read.vouched = Math.max(read.vouched, checkpoint.n());
    }
    var known = read.last == null ? 0 : read.last.line();
    var missing = checkpoint.line() - known - 1;
    if (missing < 0 || missing == 0 && !follows(checkpoint, read.last)) {
      findings.accept(
          Finding.ofCheckpoint(Tampering.CHECKPOINT_EDITED, checkpoint.node(), line.number(), 1));
    } else if (missing > broken - read.brokenBefore) {
      // Lines that cannot be read stand where some of them stood.
      var cut = missing - (broken - read.brokenBefore);
      findings.accept(
          Finding.ofCheckpoint(Tampering.CHECKPOINT_CUT, checkpoint.node(), line.number(), cut));
    }
    if (missing >= 0) {
      read.last = checkpoint;
      read.brokenBefore = broken;
    }
  }

  private static boolean follows(Checkpoint checkpoint, Checkpoint before) {
    return checkpoint.previous().equals(before == null ? "" : before.link());
  }

  /** How many genuine checkpoints were read. */
  long genuine() {
    return genuine;
  }

  /** Reads to the end. */
  void finish() {
    while (next != null) {
      advance();
    }
  }

  /** The newest place of the node's chain that a checkpoint vouches for, 0 for none. */
  long vouched(String node) {
    return nodes.containsKey(node) ? nodes.get(node).vouched : 0;
  }

  Iterable<String> nodes() {
    return nodes.keySet();
  }

  /** After the end: the node is known to have made this many, so they must be there. */
  void expect(String node, long made) {
    var read = nodes.getOrDefault(node, new Read());
    var known = (read.last == null ? 0 : read.last.line()) + broken - read.brokenBefore;
    if (made > known) {
      findings.accept(Finding.ofCheckpoint(Tampering.CHECKPOINT_CUT, node, null, made - known));
    }
  }

  /** After the end: whether the database should have a record of this node's last one. */
  boolean recorded(String node) {
    var read = nodes.get(node);
    // Of the very first the record may not have been written yet.
    return read != null && read.last.line() > 1;
  }
}

package io.commandcenter.akm.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What has happened and is not in the database yet. Two segments take turns: while one's entries
 * are written to the database, the other takes the next. Safe for several threads.
 */
public final class Journal {
  private static final int SEGMENT_BYTES = 4 << 20;

  private JournalSegment active;
  private JournalSegment resting;

  private Journal(JournalSegment active, JournalSegment resting) {
    this.active = active;
    this.resting = resting;
  }

  /** What an earlier run has left, and a journal that begins anew once that is cleared; blocks. */
  public record Opened(Journal journal, List<byte[]> left) {
    public Opened {
      left = List.copyOf(left);
    }
  }

  /**
   * @param folder gets {@code usage-a.journal} and {@code usage-b.journal}
   */
  public static Opened open(Path folder) throws IOException {
    var a = JournalSegment.open(folder.resolve("usage-a.journal"), SEGMENT_BYTES);
    var b = JournalSegment.open(folder.resolve("usage-b.journal"), SEGMENT_BYTES);
    var left = new ArrayList<>(a.read());
    left.addAll(b.read());
    return new Opened(new Journal(a, b), left);
  }

  /** False if there is no room; nothing was appended then. */
  public synchronized boolean append(byte[] entry) {
    return active.append(entry);
  }

  /** From now on the other segment takes the entries; only once it was cleared. */
  public synchronized void turn() {
    if (!resting.isEmpty()) {
      throw new IllegalStateException("the other segment's entries are not written yet");
    }
    var full = active;
    active = resting;
    resting = full;
  }

  /** The entries before the last turn are in the database. */
  public synchronized void clear() {
    resting.clear();
  }

  /** What an earlier run left is in the database. */
  public synchronized void clearAll() {
    active.clear();
    resting.clear();
  }
}

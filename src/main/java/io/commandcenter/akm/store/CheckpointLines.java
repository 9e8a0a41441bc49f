package io.commandcenter.akm.store;

import io.commandcenter.akm.core.audit.CheckpointLine;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The lines of a checkpoint file, one at a time. A last one that a crash tore, which therefore
 * lacks its line break and cannot be read, is left out; anywhere else it would count as edited.
 */
final class CheckpointLines implements Iterator<CheckpointLine> {
  /** Far more than a line has: an edited file must not fill the memory. */
  private static final int MAX = 4096;

  private final InputStream in;
  private final long settled;
  private long offset;
  private long number;
  private CheckpointLine next;
  private boolean ended;

  CheckpointLines(InputStream in, long settled) {
    this.in = new BufferedInputStream(in);
    this.settled = settled;
  }

  /** Reads no sooner than it is asked: what is written meanwhile counts, too. */
  @Override
  public boolean hasNext() {
    if (next == null && !ended) {
      next = read();
      ended = next == null;
    }
    return next != null;
  }

  @Override
  public CheckpointLine next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var line = next;
    next = null;
    return line;
  }

  private CheckpointLine read() {
    try {
      var text = new ByteArrayOutputStream();
      int character = in.read();
      while (character >= 0 && character != '\n') {
        if (text.size() <= MAX) {
          text.write(character);
        }
        offset++;
        character = in.read();
      }
      boolean whole = character == '\n';
      offset += whole ? 1 : 0;
      var checkpoint = CheckpointJson.parse(text.toString(StandardCharsets.UTF_8)).orElse(null);
      if (!whole && checkpoint == null) {
        return null;
      }
      number++;
      return new CheckpointLine(number, checkpoint, offset <= settled);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

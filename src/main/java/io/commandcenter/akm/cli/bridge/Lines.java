package io.commandcenter.akm.cli.bridge;

import io.vertx.core.buffer.Buffer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Standard input, a line at a time; never more than one line of it in memory. */
final class Lines {
  private final InputStream in;
  private final int max;

  /**
   * @param max bytes of a line
   */
  Lines(InputStream in, int max) {
    this.in = new BufferedInputStream(in, 1 << 16);
    this.max = max;
  }

  /**
   * The next line.
   *
   * @param text without its end; what was read of a line that is too long
   * @param tooLong whether more was there than may be; the rest of the line is skipped
   */
  record Line(Buffer text, boolean tooLong) {
    /** Of the empty ones that people type, and of Windows' line ends. */
    boolean isBlank() {
      return text.length() < 16 && text.toString().isBlank();
    }
  }

  /** Blocks until a line is there; null at the end of the input. */
  Line next() throws IOException {
    var line = new ByteArrayOutputStream();
    long length = 0;
    int b = in.read();
    if (b < 0) {
      return null;
    }
    for (; b >= 0 && b != '\n'; b = in.read()) {
      if (length++ < max) {
        line.write(b);
      }
    }
    return new Line(Buffer.buffer(line.toByteArray()), length > max);
  }
}

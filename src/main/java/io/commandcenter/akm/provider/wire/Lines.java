package io.commandcenter.akm.provider.wire;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Cuts bytes into lines at {@code \n}, {@code \r\n} or {@code \r}. A line is decoded only when it
 * is whole, so that a character cut between two buffers is not lost.
 */
final class Lines {
  /** The longest line; a provider that sends a longer one has no end of it. */
  static final int MOST_BYTES = 1 << 20;

  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private boolean afterReturn;

  /** False if a line is longer than it may be: then nothing more can be read. */
  boolean take(Buffer bytes, Consumer<String> lines) {
    var all = bytes.getBytes();
    int start = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] != '\n' && all[i] != '\r') {
        afterReturn = false;
        continue;
      }
      boolean secondHalf = all[i] == '\n' && afterReturn;
      afterReturn = all[i] == '\r';
      if (!secondHalf) {
        if (!append(all, start, i)) {
          return false;
        }
        lines.accept(end());
      }
      start = i + 1;
    }
    return append(all, start, all.length);
  }

  private boolean append(byte[] all, int from, int to) {
    if (line.size() + (to - from) > MOST_BYTES) {
      return false;
    }
    line.write(all, from, to - from);
    return true;
  }

  /** The line that no line break has ended; empty if there is none. */
  String end() {
    var text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    return text;
  }
}

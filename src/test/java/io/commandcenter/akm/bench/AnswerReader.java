package io.commandcenter.akm.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads one HTTP/1.1 answer as it arrives, as cheaply as that can be done: the head once, a body of
 * known length by counting (unless a text is looked for in it), a chunked one byte by byte for the
 * marks {@code #0}, {@code #1}, … that {@link MockUpstream} puts into its events.
 */
final class AnswerReader {
  private static final int LONGEST_HEAD = 8192;
  private static final byte[] END = "[DONE]".getBytes(StandardCharsets.US_ASCII);

  private enum At {
    HEAD,
    BODY,
    SIZE,
    CHUNK,
    AFTER_CHUNK,
    TRAILER,
    COMPLETE
  }

  private final byte[] head = new byte[LONGEST_HEAD];
  private final byte[] sought;
  private final boolean skips;
  private int headLength;
  private At at = At.HEAD;
  private long left;
  private int status;
  private long events;
  private long disorder;
  private boolean inMark;
  private long mark;
  private int matched;

  AnswerReader() {
    this(END, true);
  }

  private AnswerReader(byte[] sought, boolean skips) {
    this.sought = sought;
    this.skips = skips;
  }

  /**
   * @param sought a text of ASCII whose first character does not come again in it, which a good
   *     answer holds; empty for any answer
   */
  static AnswerReader of(String sought) {
    return sought.isEmpty()
        ? new AnswerReader()
        : new AnswerReader(sought.getBytes(StandardCharsets.US_ASCII), false);
  }

  /** True as soon as the answer is complete. */
  boolean feed(byte[] bytes) {
    for (int i = 0; i < bytes.length && at != At.COMPLETE; i++) {
      if (at == At.BODY && skips) {
        left -= bytes.length - i;
        at = left <= 0 ? At.COMPLETE : At.BODY;
        break;
      }
      step(bytes[i]);
    }
    return at == At.COMPLETE;
  }

  int status() {
    return status;
  }

  /** Events of a stream that carried text, so far. */
  long events() {
    return events;
  }

  /** Events that were not the next one. */
  long disorder() {
    return disorder;
  }

  /** Whether a stream said that it ended, or the text that is looked for was there. */
  boolean sawEnd() {
    return matched == sought.length;
  }

  private void step(byte b) {
    switch (at) {
      case HEAD -> head(b);
      case SIZE -> size(b);
      case BODY -> {
        scan(b);
        at = --left == 0 ? At.COMPLETE : At.BODY;
      }
      case CHUNK -> {
        scan(b);
        if (--left == 0) {
          at = At.AFTER_CHUNK;
        }
      }
      case AFTER_CHUNK -> at = b == '\n' ? At.SIZE : at;
      case TRAILER -> at = b == '\n' ? At.COMPLETE : at;
      default -> throw new IllegalStateException("nothing is read in " + at);
    }
  }

  private void head(byte b) {
    head[headLength++] = b;
    if (b == '\n' && headLength > 3 && head[headLength - 3] == '\n') {
      var text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
      status = Integer.parseInt(text.substring(9, 12));
      var lower = text.toLowerCase(Locale.ROOT);
      int length = lower.indexOf("\r\ncontent-length:");
      if (length >= 0) {
        left = Long.parseLong(lower.substring(length + 17, lower.indexOf('\r', length + 2)).trim());
        at = left == 0 ? At.COMPLETE : At.BODY;
      } else {
        left = 0;
        at = At.SIZE;
      }
    }
  }

  private void size(byte b) {
    if (b == '\n') {
      at = left == 0 ? At.TRAILER : At.CHUNK;
    } else if (b != '\r') {
      left = left * 16 + Character.digit(b, 16);
    }
  }

  private void scan(byte b) {
    if (inMark) {
      if (b >= '0' && b <= '9') {
        mark = mark * 10 + b - '0';
        return;
      }
      inMark = false;
      disorder += mark == events ? 0 : 1;
      events++;
    }
    if (b == '#') {
      inMark = true;
      mark = 0;
    } else if (matched < sought.length) {
      matched = b == sought[matched] ? matched + 1 : b == sought[0] ? 1 : 0;
    }
  }
}

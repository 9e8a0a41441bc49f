package io.commandcenter.akm.provider.relay;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Looks for members of JSON in raw bytes. */
final class Bytes {
  private static final byte[] DATA = ascii("data:");

  private Bytes() {}

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  static boolean startsWith(byte[] bytes, int from, int to, byte[] start) {
    return to - from >= start.length
        && Arrays.equals(bytes, from, from + start.length, start, 0, start.length);
  }

  /**
   * Where the pattern stands, or -1. A pattern that begins with a quote and holds another finds
   * members only: inside a JSON string its second quote would be escaped.
   */
  static int find(byte[] bytes, int from, int to, byte[] pattern) {
    // The second byte is rarer than the quote in front of it.
    byte second = pattern[1];
    int last = to - pattern.length + 1;
    for (int i = from + 1; i <= last; i++) {
      if (bytes[i] == second
          && Arrays.equals(bytes, i - 1, i - 1 + pattern.length, pattern, 0, pattern.length)) {
        return i - 1;
      }
    }
    return -1;
  }

  /** Whether behind this place, blanks apart, an object begins. */
  static boolean objectAt(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    return i < to && bytes[i] == '{';
  }

  /** Where the payload of an SSE event's data line begins, or -1 if it has none. */
  static int payload(byte[] bytes, int from, int to) {
    int line = from;
    while (line < to) {
      if (startsWith(bytes, line, to, DATA)) {
        int at = line + DATA.length;
        return at < to && bytes[at] == ' ' ? at + 1 : at;
      }
      line = nextLine(bytes, line, to);
    }
    return -1;
  }

  static int nextLine(byte[] bytes, int from, int to) {
    int i = from;
    while (i < to && bytes[i] != '\n') {
      i++;
    }
    return i + 1;
  }
}

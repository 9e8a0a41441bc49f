package io.commandcenter.akm.simulator.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Cuts a text into the fragments of a stream; joined they are the text. */
public final class Pieces {
  private static final int LENGTH = 12;

  private Pieces() {}

  /**
   * @param count of the pieces, if the text was made long enough for it; else short pieces
   */
  static List<String> of(String text, Optional<Integer> count) {
    return count.map(wanted -> lastWords(text, wanted)).orElseGet(() -> ofLength(text));
  }

  /** Short pieces. */
  public static List<String> ofLength(String text) {
    var pieces = new ArrayList<String>();
    int start = 0;
    while (start < text.length()) {
      int end = Math.min(text.length(), start + LENGTH);
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end++;
      }
      pieces.add(text.substring(start, end));
      start = end;
    }
    return pieces;
  }

  /** One piece for each of the last words, and one for all before them. */
  private static List<String> lastWords(String text, int count) {
    var pieces = new ArrayList<String>();
    int end = text.length();
    while (pieces.size() < count - 1) {
      int space = text.lastIndexOf(' ', end - 1);
      if (space <= 0) {
        break;
      }
      pieces.add(text.substring(space, end));
      end = space;
    }
    pieces.add(text.substring(0, end));
    Collections.reverse(pieces);
    return pieces;
  }
}

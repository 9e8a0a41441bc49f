package io.commandcenter.akm.core.routing;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Names that a mistyped one may have meant, nearest first. */
final class Nearness {
  private Nearness() {}

  static List<String> nearest(String name, List<String> known, int most) {
    var wanted = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .sorted(Comparator.comparingInt(k -> distance(wanted, k.toLowerCase(Locale.ROOT))))
        .limit(most)
        .toList();
  }

  /** Levenshtein's, with one row; names are bounded, so the product is small. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}

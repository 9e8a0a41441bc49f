package io.commandcenter.akm.core.names;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The known name that a mistyped one most likely means. */
public final class Nearest {
  private Nearest() {}

  /** The closest of {@code known}, if it is close enough to be worth a suggestion. */
  public static Optional<String> to(String typed, Collection<String> known) {
    var wanted = fold(typed);
    int tolerance = Math.max(2, wanted.length() / 3);
    return known.stream()
        .min(Comparator.comparingInt(name -> distance(wanted, fold(name))))
        .filter(name -> distance(wanted, fold(name)) <= tolerance);
  }

  /** At most {@code count} of {@code known}, the closest first, however far they are. */
  public static List<String> several(String typed, Collection<String> known, int count) {
    var wanted = fold(typed);
    return known.stream()
        .distinct()
        .sorted(
            Comparator.<String>comparingInt(name -> distance(wanted, fold(name)))
                .thenComparing(Comparator.naturalOrder()))
        .limit(count)
        .toList();
  }

  /** {@code "; did you mean `x`?"}, or nothing. */
  public static String hint(String typed, Collection<String> known) {
    return to(typed, known).map(name -> "; did you mean `" + name + "`?").orElse("");
  }

  private static String fold(String name) {
    var folded = name.toLowerCase(Locale.ROOT);
    return folded.length() > 64 ? folded.substring(0, 64) : folded;
  }

  /** Levenshtein's distance, two rows at a time. */
  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}

package io.commandcenter.akm.core.money;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The names most like a mistyped one, by edit distance. */
public final class NearestNames {
  // The distance costs the product of both lengths: what is longer is no mistyped name.
  private static final int MAX_LENGTH = 64;

  private NearestNames() {}

  /** At most {@code count} of the candidates, nearest first; empty for a name beyond reason. */
  public static List<String> of(String name, Collection<String> candidates, int count) {
    if (name.length() > MAX_LENGTH) {
      return List.of();
    }
    record Scored(String name, int distance) {}
    var wanted = name.toLowerCase(Locale.ROOT);
    return candidates.stream()
        .distinct()
        .filter(candidate -> candidate.length() <= MAX_LENGTH)
        .map(
            candidate ->
                new Scored(candidate, distance(wanted, candidate.toLowerCase(Locale.ROOT))))
        .sorted(Comparator.comparingInt(Scored::distance).thenComparing(Scored::name))
        .limit(count)
        .map(Scored::name)
        .toList();
  }

  /** Levenshtein's distance, one row at a time. */
  private static int distance(String a, String b) {
    var row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}

package io.commandcenter.akm.core.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When people are warned that a key is about to expire: 30, 7 and 1 days before. */
public final class Expiry {
  private static final List<Integer> DAYS = List.of(1, 7, 30);

  private Expiry() {}

  /**
   * The days of the warning that is due: of several whose time has come only the nearest, since a
   * key with five days left has no use for the warning of day 30.
   *
   * @return empty if none is due yet, or the end has come
   */
  public static Optional<Integer> warning(Instant now, Instant expiresAt) {
    var left = Duration.between(now, expiresAt);
    return left.isNegative() || left.isZero()
        ? Optional.empty()
        : DAYS.stream().filter(days -> left.compareTo(Duration.ofDays(days)) <= 0).findFirst();
  }

  /** When the next warning falls due; empty if the last one has. */
  public static Optional<Instant> next(Instant now, Instant expiresAt) {
    return DAYS.stream()
        .map(days -> expiresAt.minus(Duration.ofDays(days)))
        .filter(due -> due.isAfter(now))
        .min(Instant::compareTo);
  }
}

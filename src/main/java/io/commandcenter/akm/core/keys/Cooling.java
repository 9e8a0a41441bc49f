package io.commandcenter.akm.core.keys;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a key rests when its provider asked for it. */
public final class Cooling {
  /** A month's spend limit; a provider's absurd wait must not take a key away for ever. */
  public static final Duration LONGEST = Duration.ofDays(31);

  /** Answers of concurrent requests name nearly the same end: not worth writing each down. */
  private static final Duration SAME = Duration.ofSeconds(1);

  private Cooling() {}

  /**
   * The end of the rest if it is later than the one there was.
   *
   * @param before null if the key does not rest
   */
  public static Optional<Instant> extended(Instant before, Instant asked, Instant now) {
    var most = now.plus(LONGEST);
    var until = asked.isAfter(most) ? most : asked;
    var least = before == null || before.isBefore(now) ? now : before.plus(SAME);
    return until.isAfter(least) ? Optional.of(until) : Optional.empty();
  }
}

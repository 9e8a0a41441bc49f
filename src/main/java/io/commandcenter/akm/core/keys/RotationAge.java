package io.commandcenter.akm.core.keys;

import java.time.Duration;
import java.time.Instant;

/** How near a version is to the age at which its key is to be rotated. */
public enum RotationAge {
  FRESH,
  /** In a week or less. */
  SOON,
  DUE;

  private static final Duration NOTICE = Duration.ofDays(7);

  /**
   * @param since when the version came
   * @param days how old it may become
   */
  public static RotationAge of(Instant since, int days, Instant now) {
    var end = since.plus(Duration.ofDays(days));
    if (!now.isBefore(end)) {
      return DUE;
    }
    return now.isBefore(end.minus(NOTICE)) ? FRESH : SOON;
  }
}

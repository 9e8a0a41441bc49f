package io.commandcenter.akm.core.limits;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait where the provider did not say: 0.5 s, doubled with each failure, up to 8 s. */
public final class BackOff {
  private static final long FIRST_MS = 500;
  private static final int MOST_DOUBLINGS = 4;

  private BackOff() {}

  /**
   * @param earlierFailures 0 for the first
   * @return up to a quarter less than the full delay, so that waiters do not come back together
   */
  public static Duration delay(int earlierFailures, RandomGenerator random) {
    long full = FIRST_MS << Math.min(Math.max(earlierFailures, 0), MOST_DOUBLINGS);
    return Duration.ofMillis(full - random.nextLong(full / 4 + 1));
  }
}

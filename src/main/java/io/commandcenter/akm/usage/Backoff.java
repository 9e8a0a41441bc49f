package io.commandcenter.akm.usage;

import java.time.Duration;

/**
 * The wait after each failed delivery: it grows by a factor up to a cap, and ends.
 *
 * @param attempts in all, the first included
 */
public record Backoff(Duration first, int factor, Duration cap, int attempts) {
  /** 1 s, 5 s, 25 s, 125 s, then every 10 minutes for about half an hour. */
  public static final Backoff DEFAULT =
      new Backoff(Duration.ofSeconds(1), 5, Duration.ofMinutes(10), 8);

  public Backoff {
    if (first.isNegative() || first.isZero() || factor < 1 || attempts < 1) {
      throw new IllegalArgumentException("a back-off needs a wait, a factor and an attempt");
    }
  }

  boolean givesUpAfter(int failed) {
    return failed >= attempts;
  }

  /**
   * @param failed attempts so far, at least 1
   */
  Duration waitAfter(int failed) {
    var wait = first;
    for (int i = 1; i < failed && wait.compareTo(cap) < 0; i++) {
      wait = wait.multipliedBy(factor);
    }
    return wait.compareTo(cap) < 0 ? wait : cap;
  }
}

package io.commandcenter.akm.core.limits;

/**
 * A time before which nothing is sent. A later failure may lengthen it and never shortens it, since
 * answers of concurrent requests arrive in any order.
 *
 * <p>Times are monotonic nanoseconds; not safe for several threads.
 */
public final class CoolDown {
  private long until;
  private int failures;

  public CoolDown(long now) {
    until = now;
  }

  public void failed() {
    failures++;
  }

  /** Since the last success; the back-off grows with them. */
  public int failures() {
    return failures;
  }

  /** Starts the back-off anew; a cool-down that runs stays. */
  public void succeeded() {
    failures = 0;
  }

  public void extendTo(long candidate) {
    // A difference, not a comparison: nanoTime may wrap.
    if (candidate - until > 0) {
      until = candidate;
    }
  }

  public long leftNanos(long now) {
    return Math.max(0, until - now);
  }
}

package io.commandcenter.akm.core.limits;

/**
 * Opens after so many failures in a row; a sign of life half-opens it; a success closes it, and a
 * failure while half-open opens it again at once.
 */
public final class Breaker {
  /** Whether requests pass: all, none, or one at a time. */
  public enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  private final int failuresToOpen;
  private State state = State.CLOSED;
  private int failures;

  public Breaker(int failuresToOpen) {
    if (failuresToOpen < 1) {
      throw new IllegalArgumentException("a breaker that opens without a failure");
    }
    this.failuresToOpen = failuresToOpen;
  }

  public void failed() {
    failures++;
    if (state == State.HALF_OPEN || failures >= failuresToOpen) {
      state = State.OPEN;
    }
  }

  public void succeeded() {
    failures = 0;
    state = State.CLOSED;
  }

  /** A free probe was answered: a real request may show whether it works again. */
  public void showedLife() {
    if (state == State.OPEN) {
      state = State.HALF_OPEN;
    }
  }

  public State state() {
    return state;
  }

  /** In a row, since the last success. */
  public int failures() {
    return failures;
  }
}

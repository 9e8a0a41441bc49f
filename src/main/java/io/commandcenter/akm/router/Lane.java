package io.commandcenter.akm.router;

import io.commandcenter.akm.core.limits.RequestWindow;
import io.commandcenter.akm.core.limits.Trial;
import io.commandcenter.akm.core.routing.Condition;
import java.time.Duration;
import java.util.Optional;

/** The way to one provider: its requests-per-minute limit and its health. */
final class Lane {
  /** Null without a limit. */
  private final RequestWindow window;

  private final Trial trial = new Trial();
  private Condition condition = Condition.UNKNOWN;
  private String detail;

  /**
   * @param requestsPerMinute null for no limit
   */
  Lane(Integer requestsPerMinute) {
    window = requestsPerMinute == null ? null : new RequestWindow(requestsPerMinute);
  }

  void condition(Condition condition, String detail) {
    this.condition = condition;
    this.detail = detail;
  }

  Condition condition() {
    return condition;
  }

  /** Why it is in this condition; null if nobody said. */
  String detail() {
    return detail;
  }

  boolean trialRunning() {
    return trial.running();
  }

  Duration limitWait(long now) {
    return window == null ? Duration.ZERO : Duration.ofNanos(window.waitNanos(now));
  }

  /** Null without a limit. */
  Integer left(long now) {
    return window == null ? null : window.left(now);
  }

  Optional<Pass> tryEnter(long now) {
    if (condition == Condition.DOWN || (window != null && window.left(now) == 0)) {
      return Optional.empty();
    }
    boolean trying = condition == Condition.PROBING;
    if (trying && !trial.tryStart()) {
      return Optional.empty();
    }
    if (window != null) {
      window.tryTake(now);
    }
    return Optional.of(new Pass(this, now, trying));
  }

  /** The right to send one request; given back in every case. */
  record Pass(Lane lane, long takenAt, boolean trying) {
    /** After a request that was sent: its slot stays taken. */
    void used() {
      if (trying) {
        lane.trial.end();
      }
    }

    void unused() {
      if (lane.window != null) {
        lane.window.giveBack(takenAt);
      }
      used();
    }
  }
}

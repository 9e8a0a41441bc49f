package io.commandcenter.akm.router;

import io.commandcenter.akm.core.limits.RequestWindow;
import io.commandcenter.akm.core.limits.Trial;
import io.commandcenter.akm.core.routing.Condition;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The way to one provider: its requests-per-minute limit, how many requests are under way, and its
 * health. Shared by all event loops.
 */
final class Lane {
  /** How long a caller is told to wait for one of the requests under way to end. */
  private static final Duration SHORTLY = Duration.ofSeconds(1);

  /** Null without a limit. */
  private final RequestWindow window;

  private final int maxInFlight;
  private int inFlight;
  private final Trial trial = new Trial();
  private Condition condition = Condition.UNKNOWN;
  private String detail;
  private final AtomicLong changes = new AtomicLong();

  /**
   * @param requestsPerMinute null for no limit
   * @param maxInFlight what is beyond goes elsewhere, or is refused: nothing queues
   */
  Lane(Integer requestsPerMinute, int maxInFlight) {
    this.maxInFlight = maxInFlight;
    window = requestsPerMinute == null ? null : new RequestWindow(requestsPerMinute);
  }

  synchronized void condition(Condition condition, String detail) {
    this.condition = condition;
    this.detail = detail;
    changes.incrementAndGet();
  }

  synchronized Condition condition() {
    return condition;
  }

  /** Why it is in this condition; null if nobody said. */
  synchronized String detail() {
    return detail;
  }

  synchronized boolean trialRunning() {
    return trial.running();
  }

  synchronized Duration limitWait(long now) {
    if (inFlight >= maxInFlight) {
      return SHORTLY;
    }
    return window == null ? Duration.ZERO : Duration.ofNanos(window.waitNanos(now));
  }

  /** Null without a limit. */
  synchronized Integer left(long now) {
    return window == null ? null : window.left(now);
  }

  /** Grows when others may no longer enter, or may again. */
  long changes() {
    return changes.get();
  }

  private void noteFull(long now, boolean trying) {
    if (trying || inFlight == maxInFlight || (window != null && window.left(now) == 0)) {
      changes.incrementAndGet();
    }
  }

  synchronized Optional<Pass> tryEnter(long now) {
    if (inFlight >= maxInFlight
        || condition == Condition.DOWN
        || (window != null && window.left(now) == 0)) {
      return Optional.empty();
    }
    boolean trying = condition == Condition.PROBING;
    if (trying && !trial.tryStart()) {
      return Optional.empty();
    }
    if (window != null) {
      window.tryTake(now);
    }
    inFlight++;
    noteFull(now, trying);
    return Optional.of(new Pass(this, now, trying));
  }

  /** The right to send one request; given back in every case. */
  record Pass(Lane lane, long takenAt, boolean trying) {
    /** After a request that was sent: its slot in the minute stays taken. */
    void used() {
      lane.leave(this, true);
    }

    void unused() {
      lane.leave(this, false);
    }
  }

  private synchronized void leave(Pass pass, boolean used) {
    if (inFlight == maxInFlight || pass.trying() || !used) {
      changes.incrementAndGet();
    }
    inFlight--;
    if (!used && window != null) {
      window.giveBack(pass.takenAt());
    }
    if (pass.trying()) {
      trial.end();
    }
  }
}

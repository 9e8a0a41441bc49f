package io.commandcenter.akm.core.limits;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * Requests per minute as an exact sliding window: in no 60 seconds are there more than the limit.
 *
 * <p>Times are monotonic nanoseconds; not safe for several threads.
 */
public final class RequestWindow {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final int perMinute;
  private final ArrayDeque<Long> taken = new ArrayDeque<>();

  public RequestWindow(int perMinute) {
    if (perMinute < 1) {
      throw new IllegalArgumentException("a limit below one request per minute");
    }
    this.perMinute = perMinute;
  }

  public boolean tryTake(long now) {
    if (left(now) == 0) {
      return false;
    }
    taken.addLast(now);
    return true;
  }

  /** For a request that was not sent after all. */
  public void giveBack(long takenAt) {
    taken.removeLastOccurrence(takenAt);
  }

  public int left(long now) {
    while (!taken.isEmpty() && now - taken.peekFirst() >= MINUTE) {
      taken.removeFirst();
    }
    return perMinute - taken.size();
  }

  /** Nanoseconds until the next request may go; 0 if one may go now. */
  public long waitNanos(long now) {
    return left(now) > 0 ? 0 : MINUTE - (now - taken.peekFirst());
  }
}

package io.commandcenter.akm.core.limits;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Requests per minute of many, by id: a request takes its place in every window that applies, or in
 * none. Not safe for several threads; times are monotonic nanoseconds.
 */
public final class RequestWindows {
  private static final int FEW = 1024;

  /** One limit that applies. */
  public record Limit(String id, int perMinute) {}

  private record Sized(RequestWindow window, int perMinute) {}

  private final Map<String, Sized> windows = new HashMap<>();
  private int sweepAt = FEW;

  /**
   * @return nanoseconds until a place is free everywhere; 0 if it was taken
   */
  public long take(List<Limit> limits, long now) {
    long wait = 0;
    for (var limit : limits) {
      wait = Math.max(wait, window(limit, now).waitNanos(now));
    }
    if (wait == 0) {
      limits.forEach(limit -> window(limit, now).tryTake(now));
    }
    return wait;
  }

  /** How many are kept. */
  int size() {
    return windows.size();
  }

  private RequestWindow window(Limit limit, long now) {
    var known = windows.get(limit.id());
    if (known == null || known.perMinute() != limit.perMinute()) {
      sweep(now);
      known = new Sized(new RequestWindow(limit.perMinute()), limit.perMinute());
      windows.put(limit.id(), known);
    }
    return known.window();
  }

  /** Only windows of the last minute are kept, so that none in use is ever forgotten. */
  private void sweep(long now) {
    if (windows.size() >= sweepAt) {
      windows.values().removeIf(each -> each.window().left(now) == each.perMinute());
      sweepAt = Math.max(FEW, windows.size() * 2);
    }
  }
}

package io.commandcenter.akm.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts failed authentications by remote address, a minute at a time. Safe for several threads.
 */
final class FailureThrottle {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final int MAX_ADDRESSES = 10_000;

  private final int limit;
  private final LongSupplier nanoTime;
  private final Map<String, Window> windows =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
          return size() > MAX_ADDRESSES;
        }
      };

  private record Window(long start, int failures) {}

  FailureThrottle(int perMinute, LongSupplier nanoTime) {
    limit = perMinute;
    this.nanoTime = nanoTime;
  }

  /**
   * Counts one more failure.
   *
   * @return how long the address is over its limit; zero if it is not
   */
  synchronized Duration failed(String address) {
    var now = nanoTime.getAsLong();
    var window = windows.get(address);
    if (window == null || now - window.start() >= MINUTE) {
      window = new Window(now, 0);
    }
    window = new Window(window.start(), window.failures() + 1);
    windows.put(address, window);
    return window.failures() > limit
        ? Duration.ofNanos(MINUTE - (now - window.start()))
        : Duration.ZERO;
  }
}

package io.commandcenter.akm.router;

import java.time.Clock;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * Wall time for people, prices and rows; monotonic time for deadlines, limits and cool-downs, which
 * a jump of the clock must neither end nor prolong.
 */
record Times(Clock clock, LongSupplier monotonic) {
  Instant instant() {
    return clock.instant();
  }

  long nanos() {
    return monotonic.getAsLong();
  }
}

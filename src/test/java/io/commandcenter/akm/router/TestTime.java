package io.commandcenter.akm.router;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** Wall and monotonic time that move together only when a test says so. */
final class TestTime extends Clock implements LongSupplier {
  private volatile Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private volatile long nanos = Long.MAX_VALUE - 1_000_000_000L;

  synchronized void pass(Duration time) {
    now = now.plus(time);
    nanos += time.toNanos();
  }

  /** Somebody sets the clock; no time passes. */
  synchronized void jump(Duration by) {
    now = now.plus(by);
  }

  @Override
  public long getAsLong() {
    return nanos;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}

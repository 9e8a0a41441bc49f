package io.commandcenter.akm.usage;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on another thread, with a deadline. */
final class Polling {
  private Polling() {}

  static void until(BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("it has not happened within ten seconds");
      }
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
  }
}

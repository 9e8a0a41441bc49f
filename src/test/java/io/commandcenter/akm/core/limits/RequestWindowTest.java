package io.commandcenter.akm.core.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RequestWindowTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final RequestWindow window = new RequestWindow(2);

  @Test
  void takesUpToItsLimit() {
    assertTrue(window.tryTake(0));
    assertTrue(window.tryTake(1));
    assertFalse(window.tryTake(2));
    assertEquals(0, window.left(2));
  }

  @Test
  void opensAMinuteAfterTheOldestRequest() {
    window.tryTake(0);
    window.tryTake(10 * SECOND);
    assertEquals(40 * SECOND, window.waitNanos(20 * SECOND));
    assertFalse(window.tryTake(60 * SECOND - 1));
    assertTrue(window.tryTake(60 * SECOND));
    assertFalse(window.tryTake(61 * SECOND));
  }

  @Test
  void waitsForNothingWhileOpen() {
    assertEquals(0, window.waitNanos(5));
  }

  @Test
  void takesBackTheSlotOfARequestThatWasNotSent() {
    window.tryTake(7);
    window.tryTake(8);
    window.giveBack(7);
    assertTrue(window.tryTake(9));
    assertFalse(window.tryTake(10));
  }

  @Test
  void holdsInEveryMinuteWhateverTheArrivals() {
    var random = new SplittableRandom(1);
    var limited = new RequestWindow(60);
    var taken = new ArrayList<Long>();
    // The monotonic clock may be negative and may wrap.
    long now = Long.MAX_VALUE - 100 * SECOND;
    for (int i = 0; i < 20_000; i++) {
      now += random.nextLong(SECOND);
      if (limited.tryTake(now)) {
        taken.add(now);
      }
    }
    for (int i = 60; i < taken.size(); i++) {
      assertTrue(taken.get(i) - taken.get(i - 60) >= 60 * SECOND);
    }
    assertTrue(taken.size() > 5000);
  }

  @Test
  void refusesALimitOfNothing() {
    assertThrows(IllegalArgumentException.class, () -> new RequestWindow(0));
  }
}

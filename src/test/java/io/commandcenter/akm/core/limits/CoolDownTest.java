package io.commandcenter.akm.core.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CoolDownTest {
  private final CoolDown coolDown = new CoolDown(0);

  @Test
  void isNotShortenedByALaterFailure() {
    coolDown.extendTo(100);
    coolDown.extendTo(50);
    assertEquals(60, coolDown.leftNanos(40));
  }

  @Test
  void isLengthenedByALaterFailure() {
    coolDown.extendTo(100);
    coolDown.extendTo(150);
    assertEquals(110, coolDown.leftNanos(40));
  }

  @Test
  void isOverAtItsTime() {
    coolDown.extendTo(100);
    assertEquals(1, coolDown.leftNanos(99));
    assertEquals(0, coolDown.leftNanos(100));
    assertEquals(0, coolDown.leftNanos(200));
  }

  @Test
  void survivesAWrapOfTheMonotonicClock() {
    var late = new CoolDown(Long.MAX_VALUE - 10);
    late.extendTo(Long.MIN_VALUE + 10);
    assertEquals(21, late.leftNanos(Long.MAX_VALUE - 10));
  }

  @Test
  void keepsItsTimeWhenASuccessArrivesFromBefore() {
    coolDown.failed();
    coolDown.extendTo(100);
    coolDown.succeeded();
    assertEquals(100, coolDown.leftNanos(0));
    assertEquals(0, coolDown.failures());
  }

  @Test
  void backsOffTwiceAsLongEachTimeUpToEightSeconds() {
    var random = new SplittableRandom(3);
    long[] full = {500, 1000, 2000, 4000, 8000, 8000, 8000};
    for (int failures = 0; failures < full.length; failures++) {
      for (int i = 0; i < 100; i++) {
        long delay = BackOff.delay(failures, random).toMillis();
        assertTrue(delay <= full[failures] && delay >= full[failures] * 3 / 4, "got " + delay);
      }
    }
  }
}

package io.commandcenter.akm.core.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CoolingTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @Test
  void takesTheLaterEnd() {
    var soon = NOW.plusSeconds(60);
    var late = NOW.plusSeconds(600);
    assertEquals(Optional.of(soon), Cooling.extended(null, soon, NOW));
    assertEquals(Optional.of(late), Cooling.extended(soon, late, NOW));
    assertEquals(Optional.empty(), Cooling.extended(late, soon, NOW));
  }

  @Test
  void isNeverLongerThanAMonth() {
    assertEquals(
        Optional.of(NOW.plus(Cooling.LONGEST)),
        Cooling.extended(null, NOW.plus(Duration.ofDays(400)), NOW));
  }

  @Test
  void doesNotWriteDownTheSameEndTwice() {
    var until = NOW.plusSeconds(60);
    assertEquals(Optional.empty(), Cooling.extended(until, until.plusMillis(800), NOW));
  }

  @Test
  void isNothingInThePast() {
    assertEquals(Optional.empty(), Cooling.extended(null, NOW, NOW));
    assertEquals(
        Optional.of(NOW.plusSeconds(9)),
        Cooling.extended(NOW.minusSeconds(5), NOW.plusSeconds(9), NOW));
  }
}

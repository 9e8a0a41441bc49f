package io.commandcenter.akm.core.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpiryTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "P31D,",
    "P30DT1S,",
    "P30D, 30",
    "P8D, 30",
    "P7DT1S, 30",
    "P7D, 7",
    "P5D, 7",
    "P1DT1S, 7",
    "P1D, 1",
    "PT1S, 1",
    "PT0S,",
    "-P1D,"
  })
  void warnsOnceAtTheNearestOfThirtySevenAndOneDays(Duration left, Integer days) {
    assertEquals(Optional.ofNullable(days), Expiry.warning(NOW, NOW.plus(left)));
  }

  @ParameterizedTest
  @CsvSource({"P40D, P10D", "P30D, P23D", "P5D, P4D", "P1D,", "PT1H,"})
  void knowsWhenTheNextWarningIsDue(Duration left, Duration next) {
    assertEquals(Optional.ofNullable(next).map(NOW::plus), Expiry.next(NOW, NOW.plus(left)));
  }

  @Test
  void aRestLiesOverAnActiveKeyOnly() {
    var later = NOW.plusSeconds(1);
    assertEquals(KeyState.COOLING, KeyState.ACTIVE.shown(NOW, null, later));
    assertEquals(KeyState.ACTIVE, KeyState.ACTIVE.shown(NOW, null, NOW));
    assertEquals(KeyState.DISABLED, KeyState.DISABLED.shown(NOW, null, later));
    assertEquals(KeyState.EXPIRED, KeyState.ACTIVE.shown(NOW, NOW, later));
  }
}

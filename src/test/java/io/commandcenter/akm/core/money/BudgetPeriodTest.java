package io.commandcenter.akm.core.money;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetPeriodTest {
  private static Long forecast(long nanos, String now) {
    var at = Instant.parse(now);
    return BudgetPeriod.of(at).forecast(nanos, at);
  }

  @ParameterizedTest
  @CsvSource({
    "10_000_000_000,2026-11-11T00:00:00Z,30_000_000_000",
    "10_000_000_000,2026-11-30T23:59:59Z,10_000_000_000",
    "1_000_000_001,2026-11-02T00:00:00Z,30_000_000_000",
    "0,2026-11-20T00:00:00Z,0"
  })
  void goesOnAtThePaceOfTheDaysSoFar(String nanos, String now, String forecast) {
    assertEquals(
        Long.parseLong(forecast.replace("_", "")),
        forecast(Long.parseLong(nanos.replace("_", "")), now));
  }

  @Test
  void foretellsNothingOnTheFirstDay() {
    assertNull(forecast(1, "2026-11-01T23:59:59Z"));
  }

  @Test
  void cannotOverflow() {
    assertEquals(Long.MAX_VALUE, forecast(Long.MAX_VALUE, "2026-11-02T00:00:00Z"));
  }
}

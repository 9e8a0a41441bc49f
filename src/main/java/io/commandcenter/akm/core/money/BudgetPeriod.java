package io.commandcenter.akm.core.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** A calendar month in UTC, the period of the monthly budget. */
public record BudgetPeriod(YearMonth month) {
  private static final BigDecimal NANOS_PER_CENT = BigDecimal.valueOf(Usd.NANOS_PER_DOLLAR / 100);

  public static BudgetPeriod of(Instant at) {
    return new BudgetPeriod(YearMonth.from(at.atZone(ZoneOffset.UTC)));
  }

  /** For example {@code 2026-11}. */
  public String id() {
    return month.toString();
  }

  public Instant resetsAt() {
    return month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /**
   * What the month comes to at the pace of its days so far, in whole cents; null on its first day,
   * which says nothing yet.
   */
  public Long forecast(long spentNanos, Instant now) {
    var start = month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    long elapsed = Duration.between(start, now).toSeconds();
    if (elapsed < Duration.ofDays(1).toSeconds()) {
      return null;
    }
    return BigDecimal.valueOf(spentNanos)
        .multiply(BigDecimal.valueOf(Duration.between(start, resetsAt()).toSeconds()))
        .divide(BigDecimal.valueOf(elapsed).multiply(NANOS_PER_CENT), 0, RoundingMode.HALF_UP)
        .multiply(NANOS_PER_CENT)
        .min(BigDecimal.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }
}

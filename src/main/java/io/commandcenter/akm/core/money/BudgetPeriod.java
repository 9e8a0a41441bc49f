package io.commandcenter.akm.core.money;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/** A calendar month in UTC, the period of the monthly budget. */
public record BudgetPeriod(YearMonth month) {
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
}

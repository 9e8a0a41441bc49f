package io.commandcenter.akm.usage;

import io.commandcenter.akm.config.ServerConfig.BudgetSettings;
import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.core.money.BudgetPeriod;
import io.commandcenter.akm.store.UsageRows.AlertRow;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/**
 * The configured budget: its limit, its current period, and the alerts a spending is due.
 *
 * @param webhook whether alerts are to be sent
 */
record MonthlyBudget(BudgetSettings settings, boolean webhook, String bootId, Clock clock) {
  static final String NAME = "monthly";

  Long limit() {
    return settings.monthlyNanos();
  }

  boolean hard() {
    return limit() != null && settings.hard();
  }

  /** hard, warn or none. */
  String mode() {
    return limit() == null ? "none" : settings.hard() ? "hard" : "warn";
  }

  /** file or none. */
  String source() {
    return limit() == null ? "none" : "file";
  }

  BudgetPeriod period() {
    return BudgetPeriod.of(clock.instant());
  }

  PeriodKey current() {
    return new PeriodKey(NAME, period().id());
  }

  static PeriodKey keyAt(Instant at) {
    return new PeriodKey(NAME, BudgetPeriod.of(at).id());
  }

  /** A period that nothing was spent in yet. */
  Budget unused() {
    return new Budget(limit(), 0, 0);
  }

  List<AlertRow> crossed(PeriodKey key, Budget budget, long cost) {
    return alerts(key, budget, budget.crossedBy(cost));
  }

  List<AlertRow> reached(PeriodKey key, Budget budget) {
    return alerts(key, budget, budget.reached());
  }

  private List<AlertRow> alerts(PeriodKey key, Budget budget, List<Integer> percents) {
    return percents.stream().map(percent -> alert(key, budget, percent)).toList();
  }

  /** The event id differs between servers, and stays the same when a delivery is repeated. */
  private AlertRow alert(PeriodKey key, Budget budget, int percent) {
    return new AlertRow(
        key,
        percent,
        budget.limit(),
        budget.settled(),
        clock.instant(),
        "evt_" + bootId + "_" + key.period() + "_" + percent,
        webhook ? "pending" : "unsent",
        0);
  }
}

package io.commandcenter.akm.usage;

import io.commandcenter.akm.config.ServerConfig.BudgetSettings;
import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.core.money.BudgetPeriod;
import io.commandcenter.akm.store.UsageRows.AlertRow;
import io.commandcenter.akm.store.UsageRows.Limited;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.commandcenter.akm.store.UsageRows.SetLimit;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The budget in force: its limit, its current period, and the alerts a spending is due. What an
 * admin has set stands above the configuration.
 */
final class MonthlyBudget {
  static final String NAME = "monthly";

  private final BudgetSettings file;
  private final boolean webhook;
  private final String bootId;
  private final Clock clock;
  private volatile InForce inForce;
  private int changes;

  /**
   * @param set what an admin has set; empty for the file's
   * @param change how many changes this run has seen
   */
  private record InForce(Optional<SetLimit> set, Long limit, boolean hard, int change) {}

  /**
   * @param webhook whether alerts are to be sent
   */
  MonthlyBudget(BudgetSettings file, boolean webhook, String bootId, Clock clock) {
    this.file = file;
    this.webhook = webhook;
    this.bootId = bootId;
    this.clock = clock;
    inForce = new InForce(Optional.empty(), file.monthlyNanos(), file.hard(), 0);
  }

  String bootId() {
    return bootId;
  }

  Clock clock() {
    return clock;
  }

  /**
   * From now on this is in force; empty for the file's. On the usage room's event loop only.
   *
   * @param changed whether somebody changed it, and not the start of the server
   */
  void use(Optional<SetLimit> set, boolean changed) {
    changes += changed ? 1 : 0;
    inForce =
        new InForce(set, limitWith(set), set.map(SetLimit::hard).orElse(file.hard()), changes);
  }

  /** The limit, in nano-dollars, if this were set; null for none. */
  Long limitWith(Optional<SetLimit> set) {
    return set.map(limit -> (Long) limit.limitNanos()).orElse(file.monthlyNanos());
  }

  Long limit() {
    return inForce.limit();
  }

  boolean hard() {
    var now = inForce;
    return now.limit() != null && now.hard();
  }

  /** What holds must fit; empty without a hard budget. */
  Optional<Limited> hardLimit() {
    var now = inForce;
    return now.limit() != null && now.hard()
        ? Optional.of(new Limited(current(), now.limit()))
        : Optional.empty();
  }

  /** Whether a limit would be a hard one if nothing else is said. */
  boolean hardByDefault() {
    var now = inForce;
    return now.limit() == null ? file.hard() : now.hard();
  }

  /** hard, warn or none. */
  String mode() {
    return limit() == null ? "none" : hard() ? "hard" : "warn";
  }

  /** set, file or none. */
  String source() {
    var now = inForce;
    return now.set().isPresent() ? "set" : now.limit() == null ? "none" : "file";
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
        "evt_" + bootId + "_" + key.period() + "_" + percent + again(),
        webhook ? "pending" : "unsent",
        0);
  }

  /** An alert that is due again after a change is another event. */
  private String again() {
    int change = inForce.change();
    return change == 0 ? "" : "_" + change;
  }
}

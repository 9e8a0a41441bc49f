package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.BudgetCalls.SetBudget;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.BudgetLimits;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.commandcenter.akm.store.UsageRows.SetLimit;
import io.vertx.core.Future;
import java.util.Optional;

/** Changes the budget in force, and opens its periods. On the usage room's event loop only. */
final class BudgetDesk {
  private final BudgetLimits limits;
  private final MonthlyBudget budget;
  private final Announcements announcements;
  private Future<?> changing = Future.succeededFuture();

  BudgetDesk(BudgetLimits limits, MonthlyBudget budget, Announcements announcements) {
    this.limits = limits;
    this.budget = budget;
    this.announcements = announcements;
  }

  /** What was set before the server stopped stands above its file again. */
  Future<Void> load() {
    return limits.find(MonthlyBudget.NAME).onSuccess(set -> budget.use(set, false)).mapEmpty();
  }

  /** The limit may have been lowered below what is spent: that is an alert too. */
  Future<Void> openPeriod() {
    var key = budget.current();
    return limits
        .open(key, budget.limit(), period -> budget.reached(key, period))
        .onSuccess(announcements::crossed)
        .mapEmpty();
  }

  /** One change after the other: each is made of what was in force before it. */
  Future<Void> set(SetBudget ask) {
    var done = changing.transform(before -> change(ask));
    changing = done;
    return done;
  }

  private Future<Void> change(SetBudget ask) {
    var set = wanted(ask);
    var key = budget.current();
    return limits
        .change(
            key, set, budget.limitWith(set), period -> budget.reached(key, period), entry(ask, set))
        .onSuccess(alerts -> budget.use(set, true))
        .onSuccess(announcements::crossed)
        .compose(alerts -> openIfTurned(key));
  }

  /** A hold may have opened the next month with the old limit in the meantime. */
  private Future<Void> openIfTurned(PeriodKey opened) {
    return budget.current().equals(opened) ? Future.succeededFuture() : openPeriod();
  }

  private Optional<SetLimit> wanted(SetBudget ask) {
    if (Boolean.TRUE.equals(ask.remove())) {
      return Optional.empty();
    }
    var limit = ask.monthlyUsd() == null ? budget.limit() : (Long) Usd.toNanos(ask.monthlyUsd());
    if (limit == null) {
      throw Failure.badRequest("no budget is in force; give `monthly_usd` too");
    }
    boolean hard = ask.hard() == null ? budget.hardByDefault() : ask.hard();
    return Optional.of(new SetLimit(limit, hard));
  }

  private AuditEntry entry(SetBudget ask, Optional<SetLimit> set) {
    var detail =
        set.map(
                limit ->
                    AuditDetail.NONE
                        .with(Field.STATE, limit.hard() ? "hard" : "warn")
                        .with(Field.LIMIT_USD, Usd.ofNanos(limit.limitNanos()).toPlainString()))
            .orElse(AuditDetail.NONE);
    return AuditEntry.ok(
        budget.clock().instant(),
        ask.by(),
        set.isPresent() ? Action.BUDGET_SET : Action.BUDGET_UNSET,
        MonthlyBudget.NAME,
        detail);
  }
}

package io.commandcenter.akm.usage;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.ReadyCalls.Ready;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UseCalls;
import io.commandcenter.akm.store.AlertStore;
import io.commandcenter.akm.store.BudgetStore;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.store.HoldStore;
import io.commandcenter.akm.store.NoticeStore;
import io.commandcenter.akm.store.UsageStore;
import io.commandcenter.akm.store.UsageTotals;
import io.commandcenter.akm.store.UsageUses;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;

/**
 * Serves the usage calls. One instance a database: it starts by settling what an earlier run has
 * left open.
 */
public final class UsageVerticle extends VerticleBase {
  private final Bus bus;
  private final Database database;
  private final UsageSettings settings;
  private final MonthlyBudget budget;
  private final BudgetStore budgets;
  private final AlertStore alerts;
  private final Clock clock;
  private Outbox outbox;
  private Announcements announcements;

  public UsageVerticle(Bus bus, Database database, UsageSettings settings, Clock clock) {
    this.bus = bus;
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    budget =
        new MonthlyBudget(settings.budget(), settings.webhook() != null, settings.bootId(), clock);
    budgets = new BudgetStore(database);
    alerts = new AlertStore(database);
  }

  @Override
  public Future<?> start() {
    if (settings.webhook() != null) {
      var courier = new Courier(vertx, settings.webhook(), clock);
      outbox = new Outbox(alerts, new NoticeStore(database), courier);
    }
    announcements = new Announcements(bus, alert -> outbox.deliver(alert), clock);
    var pricing = new Pricing(settings.prices());
    var ledger =
        new Ledger(
            new HoldStore(database), new UsageStore(database), pricing, budget, announcements);
    // First the outbox as it was left, so that no alert made below is sent twice.
    return (outbox == null ? Future.<Void>succeededFuture() : outbox.start(bus))
        .compose(v -> ledger.recover())
        .compose(v -> openPeriod())
        .onSuccess(v -> serve(ledger, pricing));
  }

  /** The configured limit may have been lowered below what is spent: that is an alert too. */
  private Future<Void> openPeriod() {
    var key = budget.current();
    return budgets
        .open(key, budget.limit())
        .compose(period -> alerts.add(budget.reached(key, period)))
        .onSuccess(announcements::crossed)
        .mapEmpty();
  }

  private void serve(Ledger ledger, Pricing pricing) {
    var reports =
        new Reports(
            new UsageTotals(database),
            budgets,
            budget,
            List.copyOf(settings.routing().providers().keySet()));
    var search = new ModelSearch(settings.routing(), settings.models(), pricing);
    var estimates = new Estimates(vertx, search, new TokenCounter(), clock);
    bus.serve(UsageCalls.HOLD, ledger::hold);
    bus.serve(UsageCalls.SETTLE, ledger::settle);
    bus.serve(UsageCalls.REPORT, reports::usage);
    bus.serve(UsageCalls.BREAKDOWN, reports::breakdown);
    bus.serve(UsageCalls.ESTIMATE, estimates::estimate);
    bus.serve(UsageCalls.BUDGET, ask -> reports.budget());
    bus.serve(UseCalls.USES, new UsageUses(database)::page);
    bus.serve(ReadyCalls.USAGE, ask -> ready());
  }

  private Future<Ready> ready() {
    return budgets
        .find(budget.current())
        .map(period -> new Ready(true, "the ledger answers"))
        .otherwise(new Ready(false, "the ledger cannot be read"));
  }

  @Override
  public Future<?> stop() {
    if (outbox != null) {
      outbox.close();
    }
    return Future.succeededFuture();
  }
}

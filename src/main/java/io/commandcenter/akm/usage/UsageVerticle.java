package io.commandcenter.akm.usage;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.ReadyCalls.Ready;
import io.commandcenter.akm.contract.StatsCalls;
import io.commandcenter.akm.contract.TrackCalls;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Held;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.contract.UseCalls;
import io.commandcenter.akm.exchange.Settling;
import io.commandcenter.akm.store.AlertStore;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.BudgetLimits;
import io.commandcenter.akm.store.BudgetStore;
import io.commandcenter.akm.store.Database;
import io.commandcenter.akm.store.HoldStore;
import io.commandcenter.akm.store.Journal;
import io.commandcenter.akm.store.NoticeStore;
import io.commandcenter.akm.store.UsageSamples;
import io.commandcenter.akm.store.UsageStore;
import io.commandcenter.akm.store.UsageTotals;
import io.commandcenter.akm.store.UsageUses;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

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
  private final BudgetLimits limits;
  private final AlertStore alerts;
  private final Clock clock;
  private Outbox outbox;
  private Announcements announcements;
  private volatile Recorder recorder;

  /**
   * @param audit the database's one log
   */
  public UsageVerticle(
      Bus bus, Database database, AuditStore audit, UsageSettings settings, Clock clock) {
    this.bus = bus;
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    budget =
        new MonthlyBudget(settings.budget(), settings.webhook() != null, settings.bootId(), clock);
    budgets = new BudgetStore(database);
    limits = new BudgetLimits(database, audit);
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
    var recording = new Recorder(vertx, ledger);
    var desk = new BudgetDesk(limits, budget, announcements);
    // First the outbox as it was left, so that no alert made below is sent twice. Then the journal:
    // an attempt that ended must not be settled at its maximum.
    return (outbox == null ? Future.<Void>succeededFuture() : outbox.start(bus))
        .compose(v -> desk.load())
        .compose(v -> vertx.executeBlocking(() -> Journal.open(settings.dataDir())))
        .compose(recording::start)
        .onSuccess(
            v -> {
              recorder = recording;
              database.pending(recording::flush);
            })
        .compose(v -> ledger.recover())
        .compose(v -> desk.openPeriod())
        .onSuccess(v -> serve(ledger, pricing, desk));
  }

  private void serve(Ledger ledger, Pricing pricing, BudgetDesk desk) {
    var reports =
        new Reports(
            new UsageTotals(database),
            budgets,
            budget,
            List.copyOf(settings.routing().providers().keySet()));
    var search = new ModelSearch(settings.routing(), settings.models(), pricing);
    var estimates = new Estimates(vertx, search, new TokenCounter(), clock);
    bus.serve(UsageCalls.HOLD, attempt -> hold(ledger, attempt));
    bus.serve(UsageCalls.SETTLE, ledger::settle);
    bus.serve(UsageCalls.REPORT, ask -> written(() -> reports.usage(ask)));
    bus.serve(UsageCalls.BREAKDOWN, ask -> written(() -> reports.breakdown(ask)));
    bus.serve(UsageCalls.ESTIMATE, estimates::estimate);
    bus.serve(BudgetCalls.BUDGET, ask -> written(reports::budget));
    bus.serve(BudgetCalls.SET_BUDGET, ask -> desk.set(ask).compose(v -> written(reports::budget)));
    var foreign = new ForeignRequests(ledger, search, () -> written(reports::budget), clock);
    bus.serve(TrackCalls.TRACK, foreign::track);
    var uses = new UsageUses(database);
    bus.serve(UseCalls.USES, ask -> written(() -> uses.page(ask)));
    var statistics =
        new Statistics(
            new UsageSamples(database),
            new UsageTotals(database),
            List.copyOf(settings.routing().providers().keySet()),
            clock,
            Statistics.NEWEST);
    bus.serve(StatsCalls.STATS, ask -> written(() -> statistics.show(ask)));
    bus.serve(ReadyCalls.USAGE, ask -> ready());
  }

  /** Before a budget is said to have no room, what has ended is taken out of it. */
  private Future<Held> hold(Ledger ledger, Hold attempt) {
    return ledger
        .hold(attempt)
        .recover(
            refused ->
                refused instanceof Failure failure && failure.code() == Code.BUDGET_EXCEEDED
                    ? written(() -> ledger.hold(attempt))
                    : Future.failedFuture(refused));
  }

  /** Whoever asks sees every attempt that has ended before. */
  private <T> Future<T> written(Supplier<Future<T>> asked) {
    return recorder.flush().otherwiseEmpty().compose(v -> asked.get());
  }

  /** For the router; usable from any event loop once this verticle has started. */
  public Settling settling() {
    return settle -> recorder.settle(settle);
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
    return recorder == null ? Future.succeededFuture() : recorder.flush().otherwiseEmpty();
  }
}

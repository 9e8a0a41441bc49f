package io.commandcenter.akm.usage;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Facts.BudgetCrossed;
import io.commandcenter.akm.contract.Facts.UsageRecorded;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.store.UsageRows.AlertRow;
import io.commandcenter.akm.store.UsageRows.UsageRow;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the other rooms, the log and the webhook what has been committed. */
final class Announcements {
  private static final Logger log = LoggerFactory.getLogger(Announcements.class);

  private final Bus bus;
  private final Consumer<AlertRow> courier;
  private final Clock clock;

  /**
   * @param courier takes the alerts that are to be sent
   */
  Announcements(Bus bus, Consumer<AlertRow> courier, Clock clock) {
    this.bus = bus;
    this.courier = courier;
    this.clock = clock;
  }

  void recorded(UsageRow row) {
    var attempt = row.attempt();
    bus.publish(
        Facts.USAGE_RECORDED,
        new UsageRecorded(
            attempt.requestId(),
            attempt.attempt(),
            attempt.task(),
            attempt.provider(),
            attempt.model(),
            row.outcome(),
            row.usage().total(),
            Usd.ofNanos(row.costNanos()),
            clock.instant()));
  }

  void crossed(List<AlertRow> alerts) {
    for (var alert : alerts) {
      var fact = fact(alert);
      log.warn(
          "the {} budget of {} has reached {} %: {} of {} USD are spent",
          fact.budget(), fact.period(), fact.percent(), fact.spentUsd(), fact.limitUsd());
      bus.publish(Facts.BUDGET_CROSSED, fact);
      if (alert.state().equals("pending")) {
        courier.accept(alert);
      }
    }
  }

  static BudgetCrossed fact(AlertRow alert) {
    return new BudgetCrossed(
        alert.key().budget(),
        alert.key().period(),
        alert.percent(),
        Usd.ofNanos(alert.limitNanos()),
        Usd.ofNanos(alert.settledNanos()),
        alert.crossedAt());
  }
}

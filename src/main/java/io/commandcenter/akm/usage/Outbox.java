package io.commandcenter.akm.usage;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.store.AlertStore;
import io.commandcenter.akm.store.NoticeStore;
import io.commandcenter.akm.store.UsageRows.AlertRow;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What waits for the webhook: budget alerts and notices, both brought by one courier. */
final class Outbox {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private final AlertStore alerts;
  private final NoticeStore notices;
  private final Courier courier;

  Outbox(AlertStore alerts, NoticeStore notices, Courier courier) {
    this.alerts = alerts;
    this.notices = notices;
    this.courier = courier;
  }

  /**
   * Hears of notices, and starts on what an earlier run has left; the deliveries go on after the
   * future has ended.
   */
  Future<Void> start(Bus bus) {
    bus.hear(Facts.NOTICE_RAISED, raised -> deliver(raised.eventId()));
    return alerts
        .pending()
        .onSuccess(left -> left.forEach(this::deliver))
        .compose(left -> notices.pending())
        .onSuccess(left -> left.forEach(each -> courier.deliver(Letter.of(each, notices))))
        .mapEmpty();
  }

  void deliver(AlertRow alert) {
    courier.deliver(Letter.of(alert, alerts));
  }

  /** The row says whether it waits: a notice of another database is none of ours. */
  private void deliver(String eventId) {
    notices
        .find(eventId)
        .onSuccess(
            found ->
                found
                    .filter(notice -> notice.delivery().equals("pending"))
                    .ifPresent(notice -> courier.deliver(Letter.of(notice, notices))))
        .onFailure(cause -> log.error("the notice {} could not be read", eventId, cause));
  }

  void close() {
    courier.close();
  }
}

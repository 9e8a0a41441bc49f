package io.commandcenter.akm.vault;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.NoticeStore;
import io.commandcenter.akm.store.NoticeStore.NoticeRow;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells people what they must hear of: a log line, a fact and a row, once each. */
final class Notices {
  private static final Logger log = LoggerFactory.getLogger(Notices.class);

  private final Bus bus;
  private final NoticeStore store;
  private final boolean webhook;
  private final Clock clock;
  private final SecureRandom random;

  /**
   * @param webhook whether somebody waits for it there
   */
  Notices(Bus bus, NoticeStore store, boolean webhook, Clock clock, SecureRandom random) {
    this.bus = bus;
    this.store = store;
    this.webhook = webhook;
    this.clock = clock;
    this.random = random;
  }

  /**
   * True if it was new.
   *
   * @param once what makes it the same thing told before, for example {@code key_1/1/30}
   */
  Future<Boolean> raise(String kind, String subject, String once, AuditDetail detail) {
    var notice = prepare(kind, subject, once, detail);
    return store
        .add(notice)
        .onSuccess(
            isNew -> {
              if (isNew) {
                told(notice);
              }
            })
        .onFailure(cause -> log.error("the notice {} of {} could not be kept", kind, subject));
  }

  /** The row, for a store that keeps it in the unit of the change it is about. */
  NoticeRow prepare(String kind, String subject, String once, AuditDetail detail) {
    return new NoticeRow(
        RandomId.of("evt_", random),
        kind,
        subject,
        once,
        detail,
        clock.instant(),
        webhook ? "pending" : "unsent");
  }

  /** After the row is kept. */
  void told(NoticeRow notice) {
    log.warn("{}: {} {}", notice.kind(), notice.subject(), notice.detail());
    bus.publish(
        Facts.NOTICE_RAISED,
        new Facts.NoticeRaised(
            notice.eventId(),
            notice.kind(),
            notice.subject(),
            notice.detail().text(),
            notice.at()));
  }
}

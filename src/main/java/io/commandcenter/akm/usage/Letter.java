package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.NoticeCalls.NoticeInfo;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.store.AlertStore;
import io.commandcenter.akm.store.NoticeStore;
import io.commandcenter.akm.store.UsageRows.AlertRow;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * Something that waits for the webhook, whichever outbox it lies in.
 *
 * @param attempts to deliver it, so far
 * @param note counts an attempt in its outbox; its state is pending, delivered or failed from then
 *     on
 */
record Letter(String eventId, Buffer body, int attempts, Function<String, Future<Void>> note) {

  static Letter of(AlertRow alert, AlertStore outbox) {
    var body =
        Wire.toJson(Announcements.fact(alert))
            .put("event_id", alert.eventId())
            .put("type", "budget.crossed")
            .toBuffer();
    return new Letter(
        alert.eventId(), body, alert.attempts(), state -> outbox.attempted(alert, state));
  }

  static Letter of(NoticeInfo notice, NoticeStore outbox) {
    var body =
        new JsonObject()
            .put("event_id", notice.eventId())
            .put("type", "notice.raised")
            .put("kind", notice.kind())
            .put("subject", notice.subject())
            .put("detail", notice.detail())
            .put("at", notice.at().toString())
            .toBuffer();
    return new Letter(
        notice.eventId(),
        body,
        notice.attempts(),
        state -> outbox.attempted(notice.eventId(), state));
  }

  Letter triedOnceMore() {
    return new Letter(eventId, body, attempts + 1, note);
  }
}

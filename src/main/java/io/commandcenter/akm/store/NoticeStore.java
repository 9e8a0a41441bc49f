package io.commandcenter.akm.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;

/** What people must hear of: each thing once, also after a restart. */
public final class NoticeStore {
  private final Database database;

  public NoticeStore(Database database) {
    this.database = database;
  }

  /**
   * @param eventId names it to receivers, so that they tell repeats
   * @param kind for example {@code key-expiring}
   * @param subject the key's, token's or rotation's id
   * @param once what makes it the same thing told before
   * @param state pending if it waits for the webhook, else unsent
   */
  public record NoticeRow(
      String eventId,
      String kind,
      String subject,
      String once,
      AuditDetail detail,
      Instant at,
      String state) {}

  /** False, and nothing is kept, if it was told before. */
  public Future<Boolean> add(NoticeRow notice) {
    return database.write(connection -> add(connection, notice));
  }

  /** Inside the unit of the change it is about. */
  static Future<Boolean> add(SqlConnection connection, NoticeRow notice) {
    return connection
        .preparedQuery(
            """
            insert into notice (event_id, kind, subject, once, detail, at, state)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning 1""")
        .execute(
            Tuple.of(
                notice.eventId(),
                notice.kind(),
                notice.subject(),
                notice.once(),
                notice.detail().text(),
                Millis.of(notice.at()),
                notice.state()))
        .map(rows -> rows.size() == 1);
  }
}

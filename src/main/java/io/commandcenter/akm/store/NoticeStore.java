package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.NoticeCalls.ListNotices;
import io.commandcenter.akm.contract.NoticeCalls.NoticeInfo;
import io.commandcenter.akm.contract.NoticeCalls.NoticePage;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

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

  /** Newest first. */
  public Future<NoticePage> page(ListNotices ask) {
    return database
        .read(
            "select * from notice where n < ? order by n desc limit ?",
            Tuple.of(
                ask.before() == null ? Long.valueOf(Long.MAX_VALUE) : ask.before(), ask.limit()))
        .map(
            rows -> {
              var page = rows.stream().map(NoticeStore::info).toList();
              var full = page.size() == ask.limit();
              return new NoticePage(page, full ? page.get(page.size() - 1).seq() : null);
            });
  }

  /** What waits for the webhook, oldest first. */
  public Future<List<NoticeInfo>> pending() {
    return database
        .read("select * from notice where state = 'pending' order by n", Tuple.tuple())
        .map(rows -> rows.stream().map(NoticeStore::info).toList());
  }

  public Future<Optional<NoticeInfo>> find(String eventId) {
    return database
        .read("select * from notice where event_id = ?", Tuple.of(eventId))
        .map(rows -> rows.stream().map(NoticeStore::info).findFirst());
  }

  /**
   * Counts an attempt to deliver it.
   *
   * @param state pending, delivered or failed, from now on
   */
  public Future<Void> attempted(String eventId, String state) {
    return database
        .write(
            connection ->
                connection
                    .preparedQuery(
                        "update notice set state = ?, attempts = attempts + 1 where event_id = ?")
                    .execute(Tuple.of(state, eventId)))
        .mapEmpty();
  }

  private static NoticeInfo info(Row row) {
    return new NoticeInfo(
        row.getLong("n"),
        row.getString("event_id"),
        row.getString("kind"),
        row.getString("subject"),
        row.getString("detail"),
        Millis.read(row, "at"),
        row.getString("state"),
        row.getInteger("attempts"));
  }
}

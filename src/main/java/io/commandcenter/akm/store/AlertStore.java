package io.commandcenter.akm.store;

import io.commandcenter.akm.store.UsageRows.AlertRow;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Budget alerts, once a period and threshold; those pending wait for their webhook. */
public final class AlertStore {
  private final Database database;

  public AlertStore(Database database) {
    this.database = database;
  }

  /** Keeps those that are new, and gives them back. */
  public Future<List<AlertRow>> add(List<AlertRow> alerts) {
    return alerts.isEmpty()
        ? Future.succeededFuture(List.of())
        : database.write(connection -> insert(connection, alerts));
  }

  public Future<List<AlertRow>> pending() {
    return database
        .read(
            "select * from budget_alert where state = 'pending' order by crossed_ms, percent",
            Tuple.tuple())
        .map(rows -> rows.stream().map(AlertStore::alert).toList());
  }

  /**
   * Counts an attempt to deliver the alert.
   *
   * @param state pending, delivered or failed, from now on
   */
  public Future<Void> attempted(AlertRow alert, String state) {
    return database
        .write(
            connection ->
                connection
                    .preparedQuery(
                        """
                        update budget_alert set state = ?, attempts = attempts + 1
                        where budget = ? and period = ? and percent = ?""")
                    .execute(
                        Tuple.of(
                            state, alert.key().budget(), alert.key().period(), alert.percent())))
        .mapEmpty();
  }

  static Future<List<AlertRow>> insert(SqlConnection connection, List<AlertRow> alerts) {
    Future<List<AlertRow>> all = Future.succeededFuture(new ArrayList<>());
    for (var alert : alerts) {
      all =
          all.compose(
              fresh ->
                  insert(connection, alert)
                      .map(
                          isNew -> {
                            if (isNew) {
                              fresh.add(alert);
                            }
                            return fresh;
                          }));
    }
    return all;
  }

  /** Forgets the alerts of thresholds above this one, so that each is told of when it is passed. */
  static Future<Void> forgetAbove(SqlConnection connection, PeriodKey key, int percent) {
    return connection
        .preparedQuery("delete from budget_alert where budget = ? and period = ? and percent > ?")
        .execute(Tuple.of(key.budget(), key.period(), percent))
        .mapEmpty();
  }

  private static Future<Boolean> insert(SqlConnection connection, AlertRow alert) {
    return connection
        .preparedQuery(
            """
            insert into budget_alert (budget, period, percent, limit_nanos, settled_nanos,
              crossed_ms, event_id, state, attempts)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing returning 1""")
        .execute(
            Tuple.of(
                alert.key().budget(),
                alert.key().period(),
                alert.percent(),
                alert.limitNanos(),
                alert.settledNanos(),
                alert.crossedAt().toEpochMilli(),
                alert.eventId(),
                alert.state(),
                alert.attempts()))
        .map(rows -> rows.size() == 1);
  }

  private static AlertRow alert(Row row) {
    return new AlertRow(
        new PeriodKey(row.getString("budget"), row.getString("period")),
        row.getInteger("percent"),
        row.getLong("limit_nanos"),
        row.getLong("settled_nanos"),
        Instant.ofEpochMilli(row.getLong("crossed_ms")),
        row.getString("event_id"),
        row.getString("state"),
        row.getInteger("attempts"));
  }
}

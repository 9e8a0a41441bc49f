package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.UseCalls.ListUses;
import io.commandcenter.akm.contract.UseCalls.Use;
import io.commandcenter.akm.contract.UseCalls.UsePage;
import io.commandcenter.akm.core.money.Usd;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;

/** Which attempts a key was used for. */
public final class UsageUses {
  private final Database database;

  public UsageUses(Database database) {
    this.database = database;
  }

  /** Newest first: the attempt that was settled last. */
  public Future<UsePage> page(ListUses ask) {
    return database
        .read(
            """
            select rowid as seq, started_ms, key_id, provider, model, task, principal, request_id,
              attempt, outcome, cost_nanos
            from usage_event
            where key_id in (select value from json_each(?)) and started_ms >= ? and rowid < ?
            order by rowid desc limit ?""",
            Tuple.of(
                new JsonArray(ask.keyIds()).encode(),
                ask.since().toEpochMilli(),
                ask.before() == null ? Long.valueOf(Long.MAX_VALUE) : ask.before(),
                ask.limit()))
        .map(
            rows -> {
              var page = rows.stream().map(UsageUses::use).toList();
              var full = page.size() == ask.limit();
              return new UsePage(page, full ? page.get(page.size() - 1).seq() : null);
            });
  }

  private static Use use(Row row) {
    return new Use(
        row.getLong("seq"),
        Instant.ofEpochMilli(row.getLong("started_ms")),
        row.getString("key_id"),
        row.getString("provider"),
        row.getString("model"),
        row.getString("task"),
        row.getString("principal"),
        row.getString("request_id"),
        row.getInteger("attempt"),
        row.getString("outcome"),
        Usd.ofNanos(row.getLong("cost_nanos")));
  }
}

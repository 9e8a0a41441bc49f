package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.store.UsageRows.UsageRow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Usage rows and their daily aggregates, as parts of a settle's unit of work. */
final class UsageEvents {
  private static final int COLUMNS = 23;

  /** Far below the parameters that SQLite allows in a statement. */
  private static final int MOST_ROWS = 128;

  private static final String INSERT =
      """
      insert into usage_event (request_id, attempt, started_ms, task, operation, provider,
        model, served_model, key_id, principal, tags, outcome, http_status, latency_ms,
        input_tokens, cache_read_tokens, cache_write_tokens, cache_write_long_tokens,
        output_tokens, reasoning_tokens, estimated, cost_nanos, price_source)
      values\s""";
  private static final String ONE = "(?" + ", ?".repeat(COLUMNS - 1) + ")";
  private static final String ONCE = " on conflict do nothing returning request_id, attempt";

  private UsageEvents() {}

  /** False if the attempt has a row already. */
  static Future<Boolean> insert(SqlConnection connection, UsageRow row) {
    return insertAll(connection, List.of(row)).map(inserted -> inserted.size() == 1);
  }

  /** Request and attempt of those that had no row yet. */
  static Future<List<Row>> insertAll(SqlConnection connection, List<UsageRow> rows) {
    List<Row> inserted = new ArrayList<>(rows.size());
    Future<Void> all = Future.succeededFuture();
    for (int from = 0; from < rows.size(); from += MOST_ROWS) {
      var some = rows.subList(from, Math.min(rows.size(), from + MOST_ROWS));
      all =
          all.compose(v -> insertSome(connection, some))
              .map(
                  fresh -> {
                    fresh.forEach(inserted::add);
                    return null;
                  });
    }
    return all.map(inserted);
  }

  private static Future<RowSet<Row>> insertSome(SqlConnection connection, List<UsageRow> rows) {
    var values = new ArrayList<Object>(rows.size() * COLUMNS);
    rows.forEach(row -> add(values, row));
    return connection
        .preparedQuery(INSERT + ONE + ("," + ONE).repeat(rows.size() - 1) + ONCE)
        .execute(Tuple.from(values));
  }

  private static void add(List<Object> values, UsageRow row) {
    var attempt = row.attempt();
    var usage = row.usage();
    Collections.addAll(
        values,
        attempt.requestId(),
        attempt.attempt(),
        attempt.startedAt().toEpochMilli(),
        attempt.task(),
        attempt.operation(),
        attempt.provider(),
        attempt.model(),
        row.servedModel(),
        attempt.keyId(),
        attempt.principal(),
        tags(attempt.tags()),
        row.outcome(),
        row.httpStatus(),
        row.latencyMs(),
        usage.input(),
        usage.cacheRead(),
        usage.cacheWriteShort(),
        usage.cacheWriteLong(),
        usage.output(),
        usage.reasoning(),
        usage.estimated() ? 1 : 0,
        row.costNanos(),
        row.priceSource());
  }

  static Future<Void> addToDay(SqlConnection connection, UsageRow row) {
    var usage = row.usage();
    return addToDay(
        connection,
        Tuple.of(
            LocalDate.ofInstant(row.attempt().startedAt(), ZoneOffset.UTC).toString(),
            row.attempt().provider(),
            row.attempt().model(),
            row.reached() ? 1 : 0,
            row.outcome().equals("ok") ? 0 : 1,
            usage.input(),
            usage.cacheRead(),
            usage.cacheWriteShort() + usage.cacheWriteLong(),
            usage.output(),
            row.costNanos()));
  }

  /** Day, provider, model, and what is to be added to its seven counts. */
  static Future<Void> addToDay(SqlConnection connection, Tuple counts) {
    return connection
        .preparedQuery(
            """
            insert into usage_day values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do update set
              requests = requests + excluded.requests,
              errors = errors + excluded.errors,
              input_tokens = input_tokens + excluded.input_tokens,
              cache_read_tokens = cache_read_tokens + excluded.cache_read_tokens,
              cache_write_tokens = cache_write_tokens + excluded.cache_write_tokens,
              output_tokens = output_tokens + excluded.output_tokens,
              cost_nanos = cost_nanos + excluded.cost_nanos""")
        .execute(counts)
        .mapEmpty();
  }

  static Future<Long> cost(SqlConnection connection, Hold attempt) {
    return connection
        .preparedQuery("select cost_nanos from usage_event where request_id = ? and attempt = ?")
        .execute(Tuple.of(attempt.requestId(), attempt.attempt()))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  /** The labels as a JSON object; null for none. */
  static String tags(Map<String, String> tags) {
    return tags == null || tags.isEmpty()
        ? null
        : new JsonObject(Map.<String, Object>copyOf(tags)).encode();
  }
}

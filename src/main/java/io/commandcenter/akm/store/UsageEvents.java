package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.store.UsageRows.UsageRow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;

/** Usage rows and their daily aggregates, as parts of a settle's unit of work. */
final class UsageEvents {
  private UsageEvents() {}

  /** False if the attempt has a row already. */
  static Future<Boolean> insert(SqlConnection connection, UsageRow row) {
    var attempt = row.attempt();
    var usage = row.usage();
    return connection
        .preparedQuery(
            """
            insert into usage_event (request_id, attempt, started_ms, task, operation, provider,
              model, served_model, key_id, principal, tags, outcome, http_status, latency_ms,
              input_tokens, cache_read_tokens, cache_write_tokens, cache_write_long_tokens,
              output_tokens, reasoning_tokens, estimated, cost_nanos, price_source)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing returning 1""")
        .execute(
            Tuple.from(
                Arrays.asList(
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
                    row.priceSource())))
        .map(rows -> rows.size() == 1);
  }

  static Future<Void> addToDay(SqlConnection connection, UsageRow row) {
    var usage = row.usage();
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
        .execute(
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
                row.costNanos()))
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

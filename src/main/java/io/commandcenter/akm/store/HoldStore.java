package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.store.UsageRows.HoldResult;
import io.commandcenter.akm.store.UsageRows.HoldRow;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds: the money of attempts that have not ended. A hold is durable when its future succeeds. */
public final class HoldStore {
  private final Database database;

  public HoldStore(Database database) {
    this.database = database;
  }

  /**
   * Takes the hold if settled, held and it together fit the period's limit.
   *
   * @param limit of a period that is used for the first time
   */
  public Future<HoldResult> take(HoldRow row, long limit) {
    return database.write(
        connection ->
            BudgetStore.raiseHeld(connection, row.key(), row.maxNanos())
                .compose(
                    raised ->
                        raised.isPresent()
                            ? insert(connection, row, raised.get())
                            : retryOrRefuse(connection, row, limit)));
  }

  /** Nothing was changed: either the period has no row yet, or the hold does not fit. */
  private static Future<HoldResult> retryOrRefuse(
      SqlConnection connection, HoldRow row, long limit) {
    return BudgetStore.open(connection, row.key(), limit)
        .compose(
            isNew ->
                isNew
                    ? BudgetStore.raiseHeld(connection, row.key(), row.maxNanos())
                    : Future.succeededFuture(Optional.<Budget>empty()))
        .compose(
            raised ->
                raised.isPresent()
                    ? insert(connection, row, raised.get())
                    : BudgetStore.find(connection, row.key())
                        .map(budget -> new HoldResult(false, budget)));
  }

  private static Future<HoldResult> insert(SqlConnection connection, HoldRow row, Budget raised) {
    var attempt = row.attempt();
    return connection
        .preparedQuery(
            """
            insert into budget_hold (request_id, attempt, budget, period, max_nanos, boot_id,
              started_ms, task, operation, provider, model, key_id, principal, tags,
              max_input_tokens, max_output_tokens)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing returning 1""")
        .execute(
            Tuple.from(
                Arrays.asList(
                    attempt.requestId(),
                    attempt.attempt(),
                    row.key().budget(),
                    row.key().period(),
                    row.maxNanos(),
                    row.bootId(),
                    attempt.startedAt().toEpochMilli(),
                    attempt.task(),
                    attempt.operation(),
                    attempt.provider(),
                    attempt.model(),
                    attempt.keyId(),
                    attempt.principal(),
                    UsageEvents.tags(attempt.tags()),
                    attempt.maxInputTokens(),
                    attempt.maxOutputTokens())))
        .compose(
            inserted ->
                inserted.size() == 1
                    ? Future.succeededFuture(new HoldResult(true, raised))
                    // Failing the unit takes the raised sum back as well.
                    : Future.failedFuture(
                        new Failure(
                            Code.CONFLICT,
                            "this attempt has a hold already; use a new attempt number")));
  }

  record Freed(PeriodKey key, long maxNanos) {}

  /** Deletes the hold of an attempt; empty if it has none. */
  static Future<Optional<Freed>> free(SqlConnection connection, Hold attempt) {
    return connection
        .preparedQuery(
            """
            delete from budget_hold where request_id = ? and attempt = ?
            returning budget, period, max_nanos""")
        .execute(Tuple.of(attempt.requestId(), attempt.attempt()))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(
                        hold ->
                            new Freed(
                                new PeriodKey(hold.getString(0), hold.getString(1)),
                                hold.getLong(2))));
  }

  /** The holds that another run of the server has left. */
  public Future<List<HoldRow>> ofOtherBoots(String bootId) {
    return database
        .read("select * from budget_hold where boot_id <> ? order by started_ms", Tuple.of(bootId))
        .map(rows -> rows.stream().map(HoldStore::holdRow).toList());
  }

  private static HoldRow holdRow(Row row) {
    var attempt =
        new Hold(
            row.getString("request_id"),
            row.getInteger("attempt"),
            row.getString("task"),
            row.getString("operation"),
            row.getString("provider"),
            row.getString("model"),
            row.getString("key_id"),
            row.getString("principal"),
            row.getLong("max_input_tokens"),
            row.getLong("max_output_tokens"),
            Instant.ofEpochMilli(row.getLong("started_ms")),
            tags(row.getString("tags")));
    return new HoldRow(
        attempt,
        new PeriodKey(row.getString("budget"), row.getString("period")),
        row.getLong("max_nanos"),
        row.getString("boot_id"));
  }

  private static Map<String, String> tags(String json) {
    Map<String, String> tags = new HashMap<>();
    if (json != null) {
      new JsonObject(json).forEach(tag -> tags.put(tag.getKey(), (String) tag.getValue()));
    }
    return tags;
  }
}

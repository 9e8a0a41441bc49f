package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.store.UsageRows.HoldResult;
import io.commandcenter.akm.store.UsageRows.HoldRow;
import io.commandcenter.akm.store.UsageRows.Limited;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.commandcenter.akm.store.UsageRows.UsageRow;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
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
    return take(row, List.of(new Limited(row.key(), limit)));
  }

  /**
   * Takes the hold if it fits every budget: all of them in one transaction, or none.
   *
   * @param budgets the row's own first
   */
  public Future<HoldResult> take(HoldRow row, List<Limited> budgets) {
    return database.write(
        connection ->
            raise(connection, budgets, 0, row.maxNanos())
                .compose(
                    raised ->
                        raised.taken()
                            ? insert(connection, row, raised)
                            : Future.succeededFuture(raised)));
  }

  private static Future<HoldResult> raise(
      SqlConnection connection, List<Limited> budgets, int next, long nanos) {
    return raise(connection, budgets.get(next), nanos)
        .compose(
            result -> {
              if (!result.taken()) {
                // Not by failing: that would undo and repeat the work of the whole group.
                return lower(connection, budgets.subList(0, next), nanos).map(result);
              }
              return next + 1 == budgets.size()
                  ? Future.succeededFuture(result)
                  : raise(connection, budgets, next + 1, nanos);
            });
  }

  private static Future<HoldResult> raise(SqlConnection connection, Limited budget, long nanos) {
    return BudgetStore.raiseHeld(connection, budget.key(), nanos)
        .compose(
            raised ->
                raised.isPresent()
                    ? Future.succeededFuture(new HoldResult(true, budget.key(), raised.get()))
                    : retryOrRefuse(connection, budget, nanos));
  }

  /** Nothing was changed: either the period has no row yet, or the hold does not fit. */
  private static Future<HoldResult> retryOrRefuse(
      SqlConnection connection, Limited budget, long nanos) {
    return BudgetStore.open(connection, budget.key(), budget.limitNanos())
        .compose(
            isNew ->
                isNew
                    ? BudgetStore.raiseHeld(connection, budget.key(), nanos)
                    : Future.succeededFuture(Optional.<Budget>empty()))
        .compose(
            raised ->
                raised.isPresent()
                    ? Future.succeededFuture(new HoldResult(true, budget.key(), raised.get()))
                    : BudgetStore.find(connection, budget.key())
                        .map(found -> new HoldResult(false, budget.key(), found)));
  }

  private static Future<Void> lower(SqlConnection connection, List<Limited> raised, long nanos) {
    Future<Void> all = Future.succeededFuture();
    for (var budget : raised) {
      all = all.compose(v -> BudgetStore.lowerHeld(connection, budget.key(), nanos));
    }
    return all;
  }

  private static Future<HoldResult> insert(
      SqlConnection connection, HoldRow row, HoldResult raised) {
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
                    ? HoldShares.insert(connection, attempt).map(raised)
                    // Failing the unit takes the raised sums back as well.
                    : Future.failedFuture(
                        new Failure(
                            Code.CONFLICT,
                            "this attempt has a hold already; use a new attempt number")));
  }

  /**
   * @param shares the tokens' limits that it took part in, its own key among them if it is one's
   */
  record Freed(PeriodKey key, long maxNanos, List<SpendLimit> shares) {}

  /** Deletes the hold of an attempt; empty if it has none. */
  static Future<Optional<Freed>> free(SqlConnection connection, Hold attempt) {
    return connection
        .preparedQuery(
            """
            delete from budget_hold where request_id = ? and attempt = ?
            returning budget, period, max_nanos""")
        .execute(Tuple.of(attempt.requestId(), attempt.attempt()))
        .compose(
            rows ->
                HoldShares.delete(connection, attempt)
                    .map(
                        shares ->
                            rows.stream()
                                .findFirst()
                                .map(
                                    hold ->
                                        new Freed(
                                            new PeriodKey(hold.getString(0), hold.getString(1)),
                                            hold.getLong(2),
                                            shares))));
  }

  /**
   * Deletes the holds of attempts without limits of their own; gives request, attempt, budget,
   * period and what was held of those that had one.
   */
  static Future<RowSet<Row>> freeAll(SqlConnection connection, List<UsageRow> rows) {
    var names = new ArrayList<Object>(rows.size() * 2);
    for (var row : rows) {
      names.add(row.attempt().requestId());
      names.add(row.attempt().attempt());
    }
    return connection
        .preparedQuery(
            "delete from budget_hold where (request_id, attempt) in (values (?, ?)"
                + ", (?, ?)".repeat(rows.size() - 1)
                + ") returning request_id, attempt, budget, period, max_nanos")
        .execute(Tuple.from(names));
  }

  /** The holds that another run of the server has left. */
  public Future<List<HoldRow>> ofOtherBoots(String bootId) {
    return HoldShares.ofOtherBoots(database, bootId)
        .compose(
            shares ->
                database
                    .read(
                        "select * from budget_hold where boot_id <> ? order by started_ms",
                        Tuple.of(bootId))
                    .map(rows -> rows.stream().map(row -> holdRow(row, shares)).toList()));
  }

  private static HoldRow holdRow(Row row, HoldShares shares) {
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
            tags(row.getString("tags")),
            shares.of(row.getString("request_id"), row.getInteger("attempt")));
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

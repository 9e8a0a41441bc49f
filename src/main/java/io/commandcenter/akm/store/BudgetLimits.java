package io.commandcenter.akm.store;

import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.store.UsageRows.AlertRow;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.commandcenter.akm.store.UsageRows.SetLimit;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The limits that an admin has set, and their effect on the period that runs. */
public final class BudgetLimits {
  private final Database database;
  private final AuditStore audit;

  public BudgetLimits(Database database, AuditStore audit) {
    this.database = database;
    this.audit = audit;
  }

  /** What was set for the budget; empty if nothing was. */
  public Future<Optional<SetLimit>> find(String budget) {
    return database
        .read("select limit_nanos, hard from budget_setting where budget = ?", Tuple.of(budget))
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(row -> new SetLimit(row.getLong(0), row.getLong(1) == 1)));
  }

  /**
   * Gives the period its limit. Alerts of thresholds that are no longer reached are forgotten, so
   * that they are told of again.
   *
   * @param limit in nano-dollars; null for none
   * @param reached the alerts that the period is due
   * @return the alerts that are new
   */
  public Future<List<AlertRow>> open(
      PeriodKey key, Long limit, Function<Budget, List<AlertRow>> reached) {
    return database.write(connection -> open(connection, key, limit, reached));
  }

  /**
   * Keeps what was set, or forgets it, and opens the period with the limit that is in force then:
   * all with its audit row, or nothing.
   *
   * @param set empty to forget
   */
  public Future<List<AlertRow>> change(
      PeriodKey key,
      Optional<SetLimit> set,
      Long limit,
      Function<Budget, List<AlertRow>> reached,
      AuditEntry entry) {
    return database.write(
        connection ->
            keep(connection, key.budget(), set)
                .compose(v -> open(connection, key, limit, reached))
                .compose(alerts -> audit.append(connection, entry).map(alerts)));
  }

  private static Future<Void> keep(
      SqlConnection connection, String budget, Optional<SetLimit> set) {
    return set.map(
            limit ->
                connection
                    .preparedQuery(
                        """
                        insert into budget_setting (budget, limit_nanos, hard) values (?, ?, ?)
                        on conflict do update set
                          limit_nanos = excluded.limit_nanos, hard = excluded.hard""")
                    .execute(Tuple.of(budget, limit.limitNanos(), limit.hard() ? 1 : 0)))
        .orElseGet(
            () ->
                connection
                    .preparedQuery("delete from budget_setting where budget = ?")
                    .execute(Tuple.of(budget)))
        .mapEmpty();
  }

  private static Future<List<AlertRow>> open(
      SqlConnection connection,
      PeriodKey key,
      Long limit,
      Function<Budget, List<AlertRow>> reached) {
    return BudgetStore.limit(connection, key, limit)
        .compose(
            budget -> {
              int highest = budget.reached().stream().mapToInt(Integer::intValue).max().orElse(0);
              return AlertStore.forgetAbove(connection, key, highest)
                  .compose(v -> AlertStore.insert(connection, reached.apply(budget)));
            });
  }
}

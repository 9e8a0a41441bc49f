package io.commandcenter.akm.store;

import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** The periods of a budget: their limit, what is spent and what is held. */
public final class BudgetStore {
  private static final String FIND =
      """
      select limit_nanos, settled_nanos, held_nanos from budget_period
      where budget = ? and period = ?""";

  private final Database database;

  public BudgetStore(Database database) {
    this.database = database;
  }

  /** Gives the period its limit, keeping what was spent and held in it. */
  static Future<Budget> limit(SqlConnection connection, PeriodKey key, Long limit) {
    return connection
        .preparedQuery(
            """
            insert into budget_period (budget, period, limit_nanos) values (?, ?, ?)
            on conflict do update set limit_nanos = excluded.limit_nanos
            returning limit_nanos, settled_nanos, held_nanos""")
        .execute(Tuple.of(key.budget(), key.period(), limit))
        .map(rows -> budget(rows.iterator().next()));
  }

  /** The period's row; empty before its first use. */
  public Future<Optional<Budget>> find(PeriodKey key) {
    return database
        .read(FIND, Tuple.of(key.budget(), key.period()))
        .map(rows -> first(rows).map(BudgetStore::budget));
  }

  static Future<Budget> find(SqlConnection connection, PeriodKey key) {
    return connection
        .preparedQuery(FIND)
        .execute(Tuple.of(key.budget(), key.period()))
        .map(rows -> budget(rows.iterator().next()));
  }

  /** True if the period had no row and has one now. */
  static Future<Boolean> open(SqlConnection connection, PeriodKey key, Long limit) {
    return connection
        .preparedQuery(
            """
            insert into budget_period (budget, period, limit_nanos) values (?, ?, ?)
            on conflict do nothing returning 1""")
        .execute(Tuple.of(key.budget(), key.period(), limit))
        .map(rows -> rows.size() == 1);
  }

  /** The one guard of a hard budget: check and change in one statement. */
  static Future<Optional<Budget>> raiseHeld(SqlConnection connection, PeriodKey key, long nanos) {
    return connection
        .preparedQuery(
            """
            update budget_period set held_nanos = held_nanos + ?3
            where budget = ?1 and period = ?2 and settled_nanos + held_nanos + ?3 <= limit_nanos
            returning limit_nanos, settled_nanos, held_nanos""")
        .execute(Tuple.of(key.budget(), key.period(), nanos))
        .map(rows -> first(rows).map(BudgetStore::budget));
  }

  /** Takes back what {@link #raiseHeld} raised in the same transaction. */
  static Future<Void> lowerHeld(SqlConnection connection, PeriodKey key, long nanos) {
    return connection
        .preparedQuery(
            """
            update budget_period set held_nanos = held_nanos - ?
            where budget = ? and period = ?""")
        .execute(Tuple.of(nanos, key.budget(), key.period()))
        .mapEmpty();
  }

  /** Adds to settled and takes from held, in one statement. */
  static Future<Budget> spend(
      SqlConnection connection, PeriodKey key, Long limit, long cost, long freed) {
    return connection
        .preparedQuery(
            """
            insert into budget_period (budget, period, limit_nanos, settled_nanos)
            values (?1, ?2, ?3, ?4)
            on conflict do update set
              settled_nanos = settled_nanos + ?4, held_nanos = held_nanos - ?5
            returning limit_nanos, settled_nanos, held_nanos""")
        .execute(Tuple.of(key.budget(), key.period(), limit, cost, freed))
        .map(rows -> budget(rows.iterator().next()));
  }

  private static Budget budget(Row row) {
    return new Budget(row.getLong(0), row.getLong(1), row.getLong(2));
  }

  private static Optional<Row> first(RowSet<Row> rows) {
    return rows.stream().findFirst();
  }
}

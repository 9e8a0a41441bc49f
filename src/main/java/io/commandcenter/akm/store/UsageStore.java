package io.commandcenter.akm.store;

import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.store.HoldStore.Freed;
import io.commandcenter.akm.store.UsageRows.AlertRow;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.commandcenter.akm.store.UsageRows.SettleResult;
import io.commandcenter.akm.store.UsageRows.UsageRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Usage rows with all that changes beside them, in one transaction. */
public final class UsageStore {
  private final Database database;

  public UsageStore(Database database) {
    this.database = database;
  }

  /**
   * Records the attempt, frees its hold and adds its cost to the periods the hold was taken in, the
   * global one, and those of the token's limits; an attempt that was recorded before changes
   * nothing but a hold that is left over.
   *
   * @param unheld the period to charge if there is no hold
   * @param limit of a period that is used for the first time; null for none
   * @param alertsOf the thresholds that the period has passed by this cost
   */
  public Future<SettleResult> settle(
      UsageRow row, PeriodKey unheld, Long limit, AlertsOf alertsOf) {
    return database.write(
        connection ->
            UsageEvents.insert(connection, row)
                .compose(
                    fresh ->
                        HoldStore.free(connection, row.attempt())
                            .compose(
                                hold ->
                                    fresh
                                        ? charge(connection, row, hold, unheld, limit, alertsOf)
                                        : repeat(connection, row, hold))));
  }

  /**
   * Records many attempts, each as {@link #settle} does it.
   *
   * @param unheld the period to charge if an attempt has no hold
   * @return the alerts that are new
   */
  public Future<List<AlertRow>> settleAll(
      List<UsageRow> rows, Function<UsageRow, PeriodKey> unheld, Long limit, AlertsOf alertsOf) {
    return database.write(
        connection -> new UsageBatch(connection, rows).settle(unheld, limit, alertsOf));
  }

  /** Which alerts a period is due after a cost was added to it. */
  @FunctionalInterface
  public interface AlertsOf {
    List<AlertRow> apply(PeriodKey key, Budget budget, long cost);
  }

  private static Future<SettleResult> charge(
      SqlConnection connection,
      UsageRow row,
      Optional<Freed> hold,
      PeriodKey unheld,
      Long limit,
      AlertsOf alertsOf) {
    var charges = Charges.of(row.attempt(), hold, unheld, limit);
    var key = charges.global(unheld.budget()).orElseThrow();
    return UsageEvents.addToDay(connection, row)
        .compose(v -> charges.spend(connection, row.costNanos()))
        .compose(
            budgets ->
                AlertStore.insert(
                        connection, alertsOf.apply(key, budgets.get(key), row.costNanos()))
                    .map(fresh -> new SettleResult(row.costNanos(), false, fresh)));
  }

  private static Future<SettleResult> repeat(
      SqlConnection connection, UsageRow row, Optional<Freed> hold) {
    return hold.map(left -> Charges.leftOver(row.attempt(), left).spend(connection, 0).mapEmpty())
        .orElseGet(() -> Future.succeededFuture())
        .compose(v -> UsageEvents.cost(connection, row.attempt()))
        .map(cost -> new SettleResult(cost, true, List.of()));
  }
}

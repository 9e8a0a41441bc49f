package io.commandcenter.akm.store;

import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.grants.SpendLimit.Window;
import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is spent and held of tokens' own dollar limits; the ledger writes it. */
public final class TokenBudgets {
  private final Database database;

  public TokenBudgets(Database database) {
    this.database = database;
  }

  /** The periods that {@code now} falls into; one that nothing was spent in is left out. */
  public Future<Map<PeriodKey, Budget>> of(List<SpendLimit> limits, Instant now) {
    if (limits.isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    var names = new JsonArray(limits.stream().map(SpendLimit::budget).distinct().toList());
    return database
        .caughtUp()
        .otherwiseEmpty()
        .compose(
            v ->
                database.read(
                    """
                    select period.* from json_each(?1) name
                    join budget_period period on period.budget = name.value
                    where period.period in (?2, ?3, ?4)""",
                    Tuple.of(
                        names.encode(),
                        Window.TOTAL.period(now),
                        Window.DAY.period(now),
                        Window.MONTH.period(now))))
        .map(
            rows -> {
              Map<PeriodKey, Budget> budgets = new HashMap<>();
              rows.forEach(
                  row ->
                      budgets.put(
                          new PeriodKey(row.getString("budget"), row.getString("period")),
                          new Budget(
                              row.getLong("limit_nanos"),
                              row.getLong("settled_nanos"),
                              row.getLong("held_nanos"))));
              return budgets;
            });
  }
}

package io.commandcenter.akm.store;

import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.LinkedHashMap;
import java.util.Map;

/** What many charges change together, each period once. */
final class PeriodSums {
  private static final class Sum {
    private final Long limit;
    private long cost;
    private long freed;

    Sum(Long limit) {
      this.limit = limit;
    }
  }

  private final Map<PeriodKey, Sum> sums = new LinkedHashMap<>();

  void add(Charges charges, long cost) {
    charges.each(
        (key, limit, freed) -> {
          var sum = sums.computeIfAbsent(key, first -> new Sum(limit));
          sum.cost += cost;
          sum.freed += freed;
        });
  }

  /** What was added to the period; 0 for one that is not among them. */
  long cost(PeriodKey key) {
    var sum = sums.get(key);
    return sum == null ? 0 : sum.cost;
  }

  /** Adds each sum to its period; gives each as it is then. */
  Future<Map<PeriodKey, Budget>> spend(SqlConnection connection) {
    Map<PeriodKey, Budget> after = new LinkedHashMap<>();
    Future<Void> all = Future.succeededFuture();
    for (var entry : sums.entrySet()) {
      var sum = entry.getValue();
      all =
          all.compose(
                  v ->
                      BudgetStore.spend(connection, entry.getKey(), sum.limit, sum.cost, sum.freed))
              .map(
                  budget -> {
                    after.put(entry.getKey(), budget);
                    return null;
                  });
    }
    return all.map(after);
  }
}

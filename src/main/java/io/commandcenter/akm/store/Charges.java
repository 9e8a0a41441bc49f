package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.store.HoldStore.Freed;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The periods that a settle changes, each once: those its hold was taken in, the global one, and
 * the limits of the caller's token and its ancestors.
 */
final class Charges {
  /**
   * @param limit of a period that is used for the first time; null for none
   * @param freed of what is held
   */
  private record Change(Long limit, long freed) {}

  private final Map<PeriodKey, Change> changes = new LinkedHashMap<>();

  private Charges() {}

  /** What a fresh settle changes. */
  static Charges of(Hold attempt, Optional<Freed> hold, PeriodKey unheld, Long limit) {
    var charges = new Charges();
    hold.ifPresent(freed -> charges.free(attempt, freed, limit));
    var limits = hold.isPresent() ? List.<SpendLimit>of() : attempt.limits();
    limits.forEach(each -> charges.add(attempt, each, 0));
    if (charges.global(unheld.budget()).isEmpty()) {
      charges.changes.put(unheld, new Change(limit, 0));
    }
    return charges;
  }

  /** What is left over of a hold whose attempt was settled before. */
  static Charges leftOver(Hold attempt, Freed hold) {
    var charges = new Charges();
    charges.free(attempt, hold, null);
    return charges;
  }

  private void free(Hold attempt, Freed hold, Long limit) {
    hold.shares().forEach(each -> add(attempt, each, hold.maxNanos()));
    changes.putIfAbsent(hold.key(), new Change(limit, hold.maxNanos()));
  }

  private void add(Hold attempt, SpendLimit limit, long freed) {
    changes.put(PeriodKey.of(limit, attempt.startedAt()), new Change(limit.limitNanos(), freed));
  }

  /** The period of this budget among them. */
  Optional<PeriodKey> global(String budget) {
    return changes.keySet().stream().filter(key -> key.budget().equals(budget)).findFirst();
  }

  /** Takes what is changed of one period. */
  @FunctionalInterface
  interface Taker {
    /**
     * @param limit null for none
     */
    void take(PeriodKey key, Long limit, long freed);
  }

  void each(Taker taker) {
    changes.forEach((key, change) -> taker.take(key, change.limit(), change.freed()));
  }

  /** Adds the cost to every period; gives each as it is then. */
  Future<Map<PeriodKey, Budget>> spend(SqlConnection connection, long cost) {
    Map<PeriodKey, Budget> after = new LinkedHashMap<>();
    Future<Void> all = Future.succeededFuture();
    for (var change : changes.entrySet()) {
      var key = change.getKey();
      all =
          all.compose(
                  v ->
                      BudgetStore.spend(
                          connection,
                          key,
                          change.getValue().limit(),
                          cost,
                          change.getValue().freed()))
              .map(
                  budget -> {
                    after.put(key, budget);
                    return null;
                  });
    }
    return all.map(after);
  }
}

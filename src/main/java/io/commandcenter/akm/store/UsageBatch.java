package io.commandcenter.akm.store;

import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.store.UsageRows.AlertRow;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.commandcenter.akm.store.UsageRows.UsageRow;
import io.commandcenter.akm.store.UsageStore.AlertsOf;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * Many attempts at once: a statement for all rows, one for all holds, one for each day and model,
 * one for each period. Row by row the same costs several times as much.
 */
final class UsageBatch {
  private record Attempt(String requestId, int number) {
    static Attempt of(UsageRow row) {
      return new Attempt(row.attempt().requestId(), row.attempt().attempt());
    }
  }

  private record Day(String day, String provider, String model) {}

  private final SqlConnection connection;
  private final List<UsageRow> rows;

  UsageBatch(SqlConnection connection, List<UsageRow> rows) {
    this.connection = connection;
    this.rows = rows;
  }

  /**
   * Each attempt at most once; those that were recorded before change nothing but a hold that is
   * left over.
   *
   * @param unheld the period that an attempt without a hold is charged to
   * @param limit of a period that is used for the first time; null for none
   * @return the alerts that are new
   */
  Future<List<AlertRow>> settle(
      Function<UsageRow, PeriodKey> unheld, Long limit, AlertsOf alertsOf) {
    return UsageEvents.insertAll(connection, rows)
        .map(this::fresh)
        .compose(
            fresh ->
                free()
                    .compose(freed -> charge(fresh, freed, unheld, limit, alertsOf))
                    .compose(alerts -> addToDays(fresh).map(alerts)));
  }

  private List<UsageRow> fresh(List<Row> inserted) {
    var names = new LinkedHashMap<Attempt, Boolean>();
    inserted.forEach(row -> names.put(new Attempt(row.getString(0), row.getInteger(1)), true));
    return rows.stream().filter(row -> names.remove(Attempt.of(row)) != null).toList();
  }

  private Future<Map<Attempt, HoldStore.Freed>> free() {
    var held = new LinkedHashMap<Attempt, HoldStore.Freed>();
    Future<Void> all = Future.succeededFuture();
    var plain = rows.stream().filter(row -> row.attempt().limits().isEmpty()).toList();
    if (!plain.isEmpty()) {
      all =
          HoldStore.freeAll(connection, plain)
              .map(
                  freed -> {
                    freed.forEach(
                        row ->
                            held.put(
                                new Attempt(row.getString(0), row.getInteger(1)),
                                new HoldStore.Freed(
                                    new PeriodKey(row.getString(2), row.getString(3)),
                                    row.getLong(4),
                                    List.of())));
                    return null;
                  });
    }
    for (var row : rows) {
      if (!row.attempt().limits().isEmpty()) {
        all =
            all.compose(v -> HoldStore.free(connection, row.attempt()))
                .map(
                    freed -> {
                      freed.ifPresent(hold -> held.put(Attempt.of(row), hold));
                      return null;
                    });
      }
    }
    return all.map(held);
  }

  private Future<List<AlertRow>> charge(
      List<UsageRow> fresh,
      Map<Attempt, HoldStore.Freed> held,
      Function<UsageRow, PeriodKey> unheld,
      Long limit,
      AlertsOf alertsOf) {
    var sums = new PeriodSums();
    var left = new LinkedHashMap<>(held);
    for (var row : fresh) {
      var hold = Optional.ofNullable(left.remove(Attempt.of(row)));
      sums.add(Charges.of(row.attempt(), hold, unheld.apply(row), limit), row.costNanos());
    }
    for (var row : rows) {
      var over = left.remove(Attempt.of(row));
      if (over != null) {
        sums.add(Charges.leftOver(row.attempt(), over), 0);
      }
    }
    return sums.spend(connection).compose(after -> alert(after, sums, unheld, alertsOf));
  }

  private Future<List<AlertRow>> alert(
      Map<PeriodKey, Budget> after,
      PeriodSums sums,
      Function<UsageRow, PeriodKey> unheld,
      AlertsOf alertsOf) {
    var alerts = new ArrayList<AlertRow>();
    rows.stream()
        .map(unheld)
        .distinct()
        .filter(after::containsKey)
        .forEach(key -> alerts.addAll(alertsOf.apply(key, after.get(key), sums.cost(key))));
    return AlertStore.insert(connection, alerts);
  }

  private Future<Void> addToDays(List<UsageRow> fresh) {
    var days = new LinkedHashMap<Day, long[]>();
    BinaryOperator<long[]> sum =
        (a, b) -> {
          for (int i = 0; i < a.length; i++) {
            a[i] += b[i];
          }
          return a;
        };
    for (var row : fresh) {
      var attempt = row.attempt();
      var day = LocalDate.ofInstant(attempt.startedAt(), ZoneOffset.UTC).toString();
      days.merge(new Day(day, attempt.provider(), attempt.model()), counts(row), sum);
    }
    Future<Void> all = Future.succeededFuture();
    for (var day : days.entrySet()) {
      all = all.compose(v -> UsageEvents.addToDay(connection, tuple(day.getKey(), day.getValue())));
    }
    return all;
  }

  private static long[] counts(UsageRow row) {
    var usage = row.usage();
    return new long[] {
      row.reached() ? 1 : 0,
      row.outcome().equals("ok") ? 0 : 1,
      usage.input(),
      usage.cacheRead(),
      usage.cacheWriteShort() + usage.cacheWriteLong(),
      usage.output(),
      row.costNanos()
    };
  }

  private static Tuple tuple(Day day, long[] counts) {
    var tuple = Tuple.of(day.day(), day.provider(), day.model());
    for (long count : counts) {
      tuple.addValue(count);
    }
    return tuple;
  }
}

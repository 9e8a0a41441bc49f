package io.commandcenter.akm.store;

import io.commandcenter.akm.store.UsageRows.ProviderTotals;
import io.commandcenter.akm.store.UsageRows.UsageSum;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.List;

/** Sums over the daily aggregates. */
public final class UsageTotals {
  /** What {@link #between} groups by. */
  public enum By {
    PROVIDER("provider, null, null"),
    MODEL("provider, model, null"),
    DAY("null, null, day");

    private final String columns;

    By(String columns) {
      this.columns = columns;
    }
  }

  private final Database database;

  public UsageTotals(Database database) {
    this.database = database;
  }

  /** Every provider with any usage, in all and since a day. */
  public Future<List<ProviderTotals>> providers(LocalDate recentFrom) {
    return database
        .read(
            """
            select provider, sum(requests), sum(tokens), sum(cost_nanos),
              coalesce(sum(requests) filter (where day >= ?1), 0),
              coalesce(sum(tokens) filter (where day >= ?1), 0),
              coalesce(sum(cost_nanos) filter (where day >= ?1), 0)
            from (select *, input_tokens + cache_read_tokens + cache_write_tokens + output_tokens
              as tokens from usage_day)
            group by provider order by provider""",
            Tuple.of(recentFrom.toString()))
        .map(rows -> rows.stream().map(UsageTotals::providerTotals).toList());
  }

  /**
   * @param provider only this one, or null for all
   */
  public Future<List<UsageSum>> between(By by, LocalDate from, LocalDate to, String provider) {
    // The columns are constants of this class; what comes from outside is bound.
    var sql =
        """
        select %s, sum(requests), sum(errors), sum(input_tokens), sum(cache_read_tokens),
          sum(cache_write_tokens), sum(output_tokens), sum(cost_nanos)
        from usage_day where day between ?1 and ?2 and (?3 is null or provider = ?3)
        group by 1, 2, 3 order by 3, 1, 2"""
            .formatted(by.columns);
    return database
        .read(sql, Tuple.of(from.toString(), to.toString(), provider))
        .map(rows -> rows.stream().map(UsageTotals::sum).toList());
  }

  private static ProviderTotals providerTotals(Row row) {
    return new ProviderTotals(
        row.getString(0),
        row.getLong(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6));
  }

  private static UsageSum sum(Row row) {
    var day = row.getString(2);
    return new UsageSum(
        row.getString(0),
        row.getString(1),
        day == null ? null : LocalDate.parse(day),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9));
  }
}

package io.commandcenter.akm.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;

/** The newest attempts at a provider, counted by how they ended. */
public final class UsageSamples {
  /** What a count is of, besides the outcome. */
  public enum By {
    PROVIDER("null", "null"),
    MODEL("model", "null"),
    TASK("model", "task");

    private final String model;
    private final String task;

    By(String model, String task) {
      this.model = model;
      this.task = task;
    }
  }

  /**
   * Attempts that ended alike.
   *
   * @param model and task: null if they are not told apart
   * @param p50Ms nearest rank, as p95Ms
   * @param looked how many attempts were looked at, these and others
   * @param oldest when the first of those started
   */
  public record Sample(
      String model,
      String task,
      String outcome,
      long attempts,
      long inputTokens,
      long outputTokens,
      long costNanos,
      long p50Ms,
      long p95Ms,
      long looked,
      Instant oldest) {}

  private final Database database;

  public UsageSamples(Database database) {
    this.database = database;
  }

  /**
   * Reads at most {@code most} rows, whatever there are: the index gives the newest first.
   *
   * @param model only of this one; null for all
   */
  public Future<List<Sample>> newest(
      String provider, Instant since, String model, By by, int most) {
    // The columns are constants of this class; what comes from outside is bound.
    var sql =
        """
        with newest as (
          select %s as model, %s as task, model as at, outcome, latency_ms, cost_nanos,
            started_ms, output_tokens,
            input_tokens + cache_read_tokens + cache_write_tokens as input_tokens
          from usage_event where provider = ?1 and started_ms >= ?2
          order by started_ms desc limit ?3),
        ranked as (
          select *, row_number() over (alike order by latency_ms) as place,
            count(*) over alike as places
          from (select * from newest where ?4 is null or at = ?4)
          window alike as (partition by model, task, outcome))
        select model, task, outcome, count(*), sum(input_tokens), sum(output_tokens),
          sum(cost_nanos), min(latency_ms) filter (where place * 100 >= places * 50),
          min(latency_ms) filter (where place * 100 >= places * 95),
          (select count(*) from newest), (select min(started_ms) from newest)
        from ranked group by model, task, outcome order by model, task, outcome"""
            .formatted(by.model, by.task);
    return database
        .read(sql, Tuple.of(provider, since.toEpochMilli(), most, model))
        .map(rows -> rows.stream().map(UsageSamples::sample).toList());
  }

  private static Sample sample(Row row) {
    return new Sample(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getLong(8),
        row.getLong(9),
        Instant.ofEpochMilli(row.getLong(10)));
  }
}

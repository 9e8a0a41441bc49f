package io.commandcenter.akm.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** How the providers did: success, latency and cost, from the attempts themselves. */
public final class StatsCalls {
  public static final Call<ShowStats, StatsView> STATS =
      Call.cluster(
          "akm.usage.stats.v1",
          ShowStats.class,
          StatsView.class,
          "Success rate, errors, latency, tokens and cost of a window, by provider, model or task.",
          Code.UNKNOWN_PROVIDER);

  public static final List<Call<?, ?>> ALL = List.of(STATS);

  private StatsCalls() {}

  /**
   * @param provider only this one; null for all
   * @param model only this one, as the routing names it; null for all
   * @param window 1h, 24h, 7d or 30d, until now; null for 24h
   * @param by provider, model or task: a row for each provider, each of its models, or each task at
   *     each of them; null for provider, or for model if one is given
   */
  public record ShowStats(String provider, String model, String window, String by) {
    public ShowStats {
      if (provider != null) {
        Checks.name(provider, "provider");
      }
      Checks.optionalText(model, "model", 256);
      oneOf(window, "window", "1h", "24h", "7d", "30d");
      oneOf(by, "by", "provider", "model", "task");
    }

    private static void oneOf(String value, String field, String... values) {
      if (value != null && !List.of(values).contains(value)) {
        throw Failure.badRequest("`" + field + "` must be one of " + String.join(", ", values));
      }
    }
  }

  /**
   * @param rows those with the most attempts first; at most 200
   * @param leftOut how many rows there are besides
   */
  public record StatsView(
      String window, String by, Instant since, Instant until, List<StatsRow> rows, int leftOut) {
    public StatsView {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The attempts that started in the window.
   *
   * @param model null unless by model or task
   * @param task null unless by task, and for attempts of none
   * @param requests attempts, however they ended
   * @param cancelled given up by their callers, or never sent
   * @param errors how many of each error class; none of those that did not happen
   * @param successRate ok of all that were not cancelled, 0 to 1; null if there are none
   * @param p50Ms of those that are ok, milliseconds; null if there are none
   * @param inputTokens those from and to a cache included
   * @param costPer1kTokensUsd null without tokens
   * @param newestOnly whether the provider has had more attempts than are looked at: then these are
   *     the newest, and since says from when on
   */
  public record StatsRow(
      String provider,
      String model,
      String task,
      long requests,
      long ok,
      long cancelled,
      Map<String, Long> errors,
      Double successRate,
      Long p50Ms,
      Long p95Ms,
      long inputTokens,
      long outputTokens,
      long totalTokens,
      BigDecimal costUsd,
      BigDecimal costPer1kTokensUsd,
      boolean newestOnly,
      Instant since) {
    public StatsRow {
      errors = Map.copyOf(errors);
    }
  }
}

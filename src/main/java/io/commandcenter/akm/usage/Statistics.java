package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.StatsCalls.ShowStats;
import io.commandcenter.akm.contract.StatsCalls.StatsRow;
import io.commandcenter.akm.contract.StatsCalls.StatsView;
import io.commandcenter.akm.store.UsageSamples;
import io.commandcenter.akm.store.UsageSamples.By;
import io.commandcenter.akm.store.UsageTotals;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** How the providers did, from the newest attempts at each. */
final class Statistics {
  /**
   * Of one provider; what is older counts no more. Enough for a percentile, and a tenth of a second
   * of SQLite's time: five times as many take five times as long.
   */
  static final int NEWEST = 10_000;

  private static final int MOST_ROWS = 200;

  private static final Map<String, Duration> WINDOWS =
      Map.of(
          "1h", Duration.ofHours(1),
          "24h", Duration.ofHours(24),
          "7d", Duration.ofDays(7),
          "30d", Duration.ofDays(30));

  private final UsageSamples samples;
  private final UsageTotals totals;
  private final List<String> configured;
  private final Clock clock;
  private final int newest;

  /**
   * @param configured providers, in their order; they appear also without attempts
   * @param newest how many attempts at a provider are looked at
   */
  Statistics(
      UsageSamples samples, UsageTotals totals, List<String> configured, Clock clock, int newest) {
    this.samples = samples;
    this.totals = totals;
    this.configured = configured;
    this.clock = clock;
    this.newest = newest;
  }

  Future<StatsView> show(ShowStats ask) {
    var until = clock.instant();
    var window = ask.window() == null ? "24h" : ask.window();
    var since = until.minus(WINDOWS.get(window));
    var by = by(ask);
    return known(since)
        .compose(known -> rows(picked(known, ask.provider()), since, ask.model(), by))
        .map(rows -> view(window, by, since, until, rows));
  }

  private static By by(ShowStats ask) {
    var standard = ask.model() == null ? "provider" : "model";
    return By.valueOf((ask.by() == null ? standard : ask.by()).toUpperCase(Locale.ROOT));
  }

  /** Configured ones, and those that were used and are configured no more. */
  private Future<Set<String>> known(Instant since) {
    return totals
        .between(
            UsageTotals.By.PROVIDER,
            LocalDate.ofInstant(since, ZoneOffset.UTC),
            LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC),
            null)
        .map(
            used -> {
              Set<String> known = new LinkedHashSet<>(configured);
              used.forEach(sum -> known.add(sum.provider()));
              return known;
            });
  }

  private static Set<String> picked(Set<String> known, String only) {
    if (only != null && !known.contains(only)) {
      throw new Failure(
          Code.UNKNOWN_PROVIDER,
          "no provider of this name is configured or was used; use one of " + known);
    }
    return only == null ? known : Set.of(only);
  }

  private Future<List<StatsRow>> rows(Set<String> providers, Instant since, String model, By by) {
    var reading =
        providers.stream()
            .map(
                provider ->
                    samples
                        .newest(provider, since, model, by, newest)
                        .map(found -> StatsRows.of(provider, found, since, newest)))
            .toList();
    return Future.join(reading)
        .map(
            all -> {
              List<StatsRow> rows = new ArrayList<>();
              reading.forEach(one -> rows.addAll(one.result()));
              return rows;
            });
  }

  private static StatsView view(
      String window, By by, Instant since, Instant until, List<StatsRow> rows) {
    var shown =
        rows.stream()
            .sorted(Comparator.comparingLong(StatsRow::requests).reversed())
            .limit(MOST_ROWS)
            .toList();
    var name = by.name().toLowerCase(Locale.ROOT);
    return new StatsView(window, name, since, until, shown, rows.size() - shown.size());
  }
}

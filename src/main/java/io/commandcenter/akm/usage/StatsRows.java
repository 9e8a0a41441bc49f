package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.StatsCalls.StatsRow;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.store.UsageSamples.Sample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One provider's counted attempts as rows for people. */
final class StatsRows {
  private static final String OK = "ok";
  private static final String CANCELLED = "cancelled";

  /** A price of a thousand tokens needs no more. */
  private static final int DECIMALS = 9;

  private StatsRows() {}

  /**
   * @param since the window's begin
   * @param newest how many attempts were looked at, at most
   */
  static List<StatsRow> of(String provider, List<Sample> samples, Instant since, int newest) {
    if (samples.isEmpty()) {
      return List.of(row(provider, null, null, List.of(), false, since));
    }
    boolean full = samples.get(0).looked() >= newest;
    var from = full ? samples.get(0).oldest() : since;
    return samples.stream().collect(Collectors.groupingBy(StatsRows::group)).values().stream()
        .map(alike -> row(provider, alike.get(0).model(), alike.get(0).task(), alike, full, from))
        .sorted(
            Comparator.comparing((StatsRow row) -> String.valueOf(row.model()))
                .thenComparing(row -> String.valueOf(row.task())))
        .toList();
  }

  private record Group(String model, String task) {}

  private static Group group(Sample sample) {
    return new Group(sample.model(), sample.task());
  }

  private static StatsRow row(
      String provider,
      String model,
      String task,
      List<Sample> samples,
      boolean newestOnly,
      Instant since) {
    long requests = sum(samples, Sample::attempts);
    var ok = only(samples, OK);
    long cancelled = sum(only(samples, CANCELLED), Sample::attempts);
    long answered = sum(ok, Sample::attempts);
    long input = sum(samples, Sample::inputTokens);
    long output = sum(samples, Sample::outputTokens);
    long cost = sum(samples, Sample::costNanos);
    return new StatsRow(
        provider,
        model,
        task,
        requests,
        answered,
        cancelled,
        errors(samples),
        rate(answered, requests - cancelled),
        ok.isEmpty() ? null : ok.get(0).p50Ms(),
        ok.isEmpty() ? null : ok.get(0).p95Ms(),
        input,
        output,
        input + output,
        Usd.ofNanos(cost),
        per1k(cost, input + output),
        newestOnly,
        since);
  }

  private static long sum(List<Sample> samples, java.util.function.ToLongFunction<Sample> of) {
    return samples.stream().mapToLong(of).sum();
  }

  private static List<Sample> only(List<Sample> samples, String outcome) {
    return samples.stream().filter(sample -> sample.outcome().equals(outcome)).toList();
  }

  private static Map<String, Long> errors(List<Sample> samples) {
    Map<String, Long> errors = new TreeMap<>();
    for (var sample : samples) {
      if (!sample.outcome().equals(OK) && !sample.outcome().equals(CANCELLED)) {
        errors.put(sample.outcome(), sample.attempts());
      }
    }
    return errors;
  }

  private static Double rate(long ok, long all) {
    return all == 0 ? null : Math.round(10_000.0 * ok / all) / 10_000.0;
  }

  private static BigDecimal per1k(long costNanos, long tokens) {
    return tokens == 0
        ? null
        : BigDecimal.valueOf(costNanos, DECIMALS)
            .multiply(BigDecimal.valueOf(1000))
            .divide(BigDecimal.valueOf(tokens), DECIMALS, RoundingMode.HALF_UP)
            .stripTrailingZeros();
  }
}

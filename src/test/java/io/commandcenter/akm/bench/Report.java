package io.commandcenter.akm.bench;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/** The table, as Markdown: direct, the bare proxy, akm, and what akm is to the bare proxy. */
final class Report {
  private static final String NONE = "–";

  private final Results results;
  private final PrintStream out;

  Report(Results results, PrintStream out) {
    this.results = results;
    this.out = out;
  }

  void print() {
    row("", "direct", "bare proxy", "akm", "akm / bare");
    row("---", "--:", "--:", "--:", "--:");
    for (int connections : new int[] {1, 16, 64, 256}) {
      var load = Plan.closed(connections);
      figures("requests/s, " + load, load, Measured::perSecond);
    }
    for (int connections : new int[] {1, 64}) {
      var load = Plan.closed(connections);
      figures("CPU µs a request, " + load, load, Measured::cpuMicros);
    }
    for (int perSecond : new int[] {500, 2_000}) {
      var load = Plan.open(perSecond);
      added("latency p50, µs, " + load, load, m -> m.latency().at(50) / 1e3);
      added("latency p99, µs, " + load, load, m -> m.latency().at(99) / 1e3);
      figures("CPU µs a request, " + load, load, Measured::cpuMicros);
    }
    figures("chunks/s, " + Plan.FLAT_OUT, Plan.FLAT_OUT, Measured::chunksPerSecond);
    figures("CPU µs a chunk, " + Plan.FLAT_OUT, Plan.FLAT_OUT, Measured::cpuMicrosPerChunk);
    var first = "time to first token ";
    added(first + "p50, µs", Plan.FIRST_TOKEN, m -> m.toFirstChunk().at(50) / 1e3);
    added(first + "p99, µs", Plan.FIRST_TOKEN, m -> m.toFirstChunk().at(99) / 1e3);
    figures("chunks/s, " + Plan.HELD, Plan.HELD, Measured::chunksPerSecond);
    figures("CPU µs a chunk, the same", Plan.HELD, Measured::cpuMicrosPerChunk);
    counts("chunks lost / out of order, the same");
  }

  /** Memory, as it was read beside the loads. */
  void resident(double[] atRest) {
    row(
        "RSS at rest, MiB",
        NONE,
        number(atRest[0]),
        number(atRest[1]),
        ratio(atRest[0], atRest[1]));
    double bare = results.median(Plan.HELD, "bare", Measured::residentMib);
    double akm = results.median(Plan.HELD, "akm", Measured::residentMib);
    row("RSS with 2,000 streams, MiB", NONE, number(bare), number(akm), ratio(bare, akm));
  }

  void starts(double plain, double archived) {
    row("first answered request after start, ms", NONE, NONE, number(plain), NONE);
    row("the same with a class archive, ms", NONE, NONE, number(archived), NONE);
  }

  /** What nobody may overlook: requests that failed, and how far two equal measurements differ. */
  void trust(Plan plan) {
    for (var target : new String[] {"direct", "bare", "akm"}) {
      double failed =
          plan.loads().keySet().stream()
              .mapToDouble(load -> results.sum(load, target, Measured::failed))
              .sum();
      failed += results.sum(Plan.HELD, target, Measured::failed);
      double broken =
          plan.loads().keySet().stream()
              .mapToDouble(load -> results.sum(load, target, m -> m.lost() + m.disordered()))
              .sum();
      out.printf(
          "%s: %.0f failed requests, %.0f chunks lost or out of order%n", target, failed, broken);
    }
    out.printf(
        "Noise: equal measurements of akm's requests/s differ by up to %.0f %%, of its CPU a"
            + " request by %.0f %%%n",
        results.spread(Plan.closed(64), "akm", Measured::perSecond),
        results.spread(Plan.closed(64), "akm", Measured::cpuMicros));
  }

  private void figures(String what, String load, ToDoubleFunction<Measured> figure) {
    double direct = results.median(load, "direct", figure);
    double bare = results.median(load, "bare", figure);
    double akm = results.median(load, "akm", figure);
    row(what, number(direct), number(bare), number(akm), ratio(bare, akm));
  }

  /** Latency of the upstream itself, then what each adds to it. */
  private void added(String what, String load, ToDoubleFunction<Measured> figure) {
    double direct = results.median(load, "direct", figure);
    double bare = results.median(load, "bare", figure) - direct;
    double akm = results.median(load, "akm", figure) - direct;
    row(what, number(direct), signed(bare), signed(akm), ratio(bare, akm));
  }

  private void counts(String what) {
    var cells =
        Arrays.stream(new String[] {"direct", "bare", "akm"})
            .map(
                target ->
                    Double.isNaN(results.median(Plan.HELD, target, Measured::perSecond))
                        ? NONE
                        : "%.0f / %.0f"
                            .formatted(
                                results.sum(Plan.HELD, target, Measured::lost),
                                results.sum(Plan.HELD, target, Measured::disordered)))
            .toList();
    row(what, cells.get(0), cells.get(1), cells.get(2), NONE);
  }

  private void row(String... cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }

  private static String ratio(double bare, double akm) {
    return bare > 0 && Double.isFinite(akm / bare) ? "%.2f".formatted(akm / bare) : NONE;
  }

  private static String signed(double value) {
    return (value > 0 ? "+" : "") + number(value);
  }

  private static String number(double value) {
    if (!Double.isFinite(value)) {
      return NONE;
    }
    return (Math.abs(value) < 100 ? "%.1f" : "%,.0f").formatted(value);
  }
}

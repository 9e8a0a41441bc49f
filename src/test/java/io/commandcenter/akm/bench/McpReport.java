package io.commandcenter.akm.bench;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The table, as Markdown: the servlet, our two lanes, and what each is to the servlet. */
final class McpReport {
  static final int[] CONNECTIONS = {1, 16, 64};
  static final String OPEN = Plan.open(2_000);

  private static final String[] NAMES = {
    McpBenchmark.SERVLET, McpBenchmark.SESSIONS, McpBenchmark.STATELESS
  };

  private final Results results;
  private final PrintStream out;
  private final Map<String, Double> restMib = new HashMap<>();

  McpReport(Results results, PrintStream out) {
    this.results = results;
    this.out = out;
  }

  void atRest(List<McpContender> contenders) {
    contenders.forEach(
        each ->
            restMib.put(
                each.name(), (double) each.endpoint().program().orElseThrow().residentMib()));
  }

  void print() {
    row("", "SDK servlet", "akm, sessions", "/ servlet", "akm, stateless", "/ servlet");
    row("---", "--:", "--:", "--:", "--:", "--:");
    for (int connections : CONNECTIONS) {
      var load = Plan.closed(connections);
      figures("calls/s, " + load, load, Measured::perSecond);
    }
    for (int connections : CONNECTIONS) {
      of(Plan.closed(connections));
    }
    of(OPEN);
    row("RSS with 256 sessions, at rest, MiB", at(0), at(1), ratio(0, 1), at(2), ratio(0, 2));
    figures("RSS under load, MiB", Plan.closed(64), Measured::residentMib);
    trust();
  }

  private void of(String load) {
    figures("p50, µs, " + load, load, m -> m.latency().at(50) / 1e3);
    figures("p99, µs, " + load, load, m -> m.latency().at(99) / 1e3);
    figures("CPU µs a call, " + load, load, Measured::cpuMicros);
  }

  /** What nobody may overlook: calls without the right answer, and how far equal ones differ. */
  private void trust() {
    for (var name : NAMES) {
      double failed = results.sum(OPEN, name, Measured::failed);
      for (int connections : CONNECTIONS) {
        failed += results.sum(Plan.closed(connections), name, Measured::failed);
      }
      out.printf(
          "%s: %.0f failed calls; equal measurements of calls/s differ by up to %.0f %%, of CPU a"
              + " call by %.0f %%%n",
          name,
          failed,
          results.spread(Plan.closed(64), name, Measured::perSecond),
          results.spread(Plan.closed(64), name, Measured::cpuMicros));
    }
    double ratio = rate(McpBenchmark.SESSIONS) / rate(McpBenchmark.SERVLET);
    out.printf(
        "Goal: sessions answer at least 2 x the servlet's calls/s at 64 connections: %.2f, %s%n",
        ratio, ratio >= 2 ? "met" : "MISSED");
  }

  private double rate(String name) {
    return results.median(Plan.closed(64), name, Measured::perSecond);
  }

  private void figures(String what, String load, ToDoubleFunction<Measured> figure) {
    double[] values = new double[NAMES.length];
    for (int i = 0; i < NAMES.length; i++) {
      values[i] = results.median(load, NAMES[i], figure);
    }
    row(
        what,
        number(values[0]),
        number(values[1]),
        "%.2f".formatted(values[1] / values[0]),
        number(values[2]),
        "%.2f".formatted(values[2] / values[0]));
  }

  private String at(int index) {
    return number(restMib.get(NAMES[index]));
  }

  private String ratio(int below, int above) {
    return "%.2f".formatted(restMib.get(NAMES[above]) / restMib.get(NAMES[below]));
  }

  private void row(String... cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }

  private static String number(double value) {
    return (Math.abs(value) < 100 ? "%.1f" : "%,.0f").formatted(value);
  }
}

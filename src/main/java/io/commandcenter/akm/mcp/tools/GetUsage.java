package io.commandcenter.akm.mcp.tools;

import static io.commandcenter.akm.mcp.tools.TextTable.usd;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Breakdown;
import io.commandcenter.akm.contract.UsageCalls.BreakdownView;
import io.commandcenter.akm.contract.UsageCalls.Report;
import io.commandcenter.akm.contract.UsageCalls.UsageView;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** What was used and what it cost. */
final class GetUsage implements Tool {
  private static final ToolCard CARD =
      new ToolCard(
          "get_usage",
          "Get usage and cost",
          """
          Requests, tokens and cost in US dollars of every provider: in all and for the last 30 \
          days, with the monthly budget and what is left of it. With by, from or to it also gives \
          a breakdown by provider, model or day (UTC days, both included; the last 30 days if not \
          said), 200 rows at most; pass `next` of the breakdown as after for those that follow.""",
          Scope.READ_ONLY,
          Schema.object("What to look at; nothing for everything.")
              .optional("provider", Schema.string("Only this provider.").atMost(64))
              .optional(
                  "by",
                  Schema.string("How to break usage down; provider if only days are given.")
                      .oneOf("provider", "model", "day"))
              .optional("from", Schema.string("First day, like 2026-11-01.").atMost(10))
              .optional("to", Schema.string("Last day, like 2026-11-30.").atMost(10))
              .optional(
                  "after",
                  Schema.integer("Passes over so many rows of the breakdown.")
                      .between(1, 1_000_000)),
          UsageSchemas.usage(),
          ToolCard.Hints.READ);

  private static final int MOST_LINKS = 5;

  private final Asking bus;

  GetUsage(Asking bus) {
    this.bus = bus;
  }

  record Arguments(String provider, String by, LocalDate from, LocalDate to, Integer after) {
    boolean breaksDown() {
      return by != null || from != null || to != null;
    }
  }

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer.Told> call(ToolCall call) {
    var asked = call.as(Arguments.class);
    var report = bus.ask(UsageCalls.REPORT, new Report(asked.provider)).map(GetUsage::totals);
    if (!asked.breaksDown()) {
      return report;
    }
    var by = asked.by == null ? "provider" : asked.by;
    var breakdown = new Breakdown(by, asked.from, asked.to, asked.provider);
    return report.compose(
        totals ->
            bus.ask(UsageCalls.BREAKDOWN, breakdown)
                .map(view -> page(totals, view, asked.after == null ? 0 : asked.after)));
  }

  private static ToolAnswer.Told totals(UsageView usage) {
    var table =
        new TextTable("provider", "requests", "tokens", "cost", "30 d requests", "30 d cost");
    usage
        .providers()
        .forEach(
            (name, used) ->
                table.row(
                    name,
                    used.totalRequests(),
                    used.totalTokens(),
                    usd(used.estimatedCost()),
                    used.last30Days().requests(),
                    usd(used.last30Days().cost())));
    var rows = usage.providers().isEmpty() ? "Nothing was used yet.\n" : table.render();
    return ToolAnswer.of(Wire.toJson(usage), rows + "\n" + money(usage));
  }

  private static String money(UsageView usage) {
    var total = "Total cost " + usd(usage.totalCost()) + ". ";
    return usage.budgetLimit() == null
        ? total + "No budget is set."
        : total
            + "Budget %s: %s, of which %s is left."
                .formatted(
                    usage.budgetPeriod(), usd(usage.budgetLimit()), usd(usage.budgetRemaining()));
  }

  private static ToolAnswer.Told page(ToolAnswer.Told totals, BreakdownView view, int after) {
    var rest = view.rows().subList(Math.min(after, view.rows().size()), view.rows().size());
    return Fitting.answer(
        rest,
        rows ->
            with(
                totals,
                new BreakdownView(view.by(), view.from(), view.to(), rows),
                rows.size() < rest.size() ? Integer.valueOf(after + rows.size()) : null));
  }

  /**
   * @param next how many rows to pass over for those that follow; null if none do
   */
  private static ToolAnswer.Told with(
      ToolAnswer.Told totals, BreakdownView breakdown, Integer next) {
    var table =
        new TextTable(breakdown.by(), "requests", "errors", "input", "output", "tokens", "cost");
    breakdown
        .rows()
        .forEach(
            row ->
                table.row(
                    name(breakdown.by(), row),
                    row.requests(),
                    row.errors(),
                    row.inputTokens(),
                    row.outputTokens(),
                    row.totalTokens(),
                    usd(row.costUsd())));
    var text =
        "%s\n\nFrom %s to %s, by %s:\n%s"
            .formatted(
                totals.text(),
                breakdown.from(),
                breakdown.to(),
                breakdown.by(),
                breakdown.rows().isEmpty() ? "nothing\n" : table.render());
    var json = Wire.toJson(breakdown);
    if (next == null) {
      return ToolAnswer.of(totals.structured().copy().put("breakdown", json), text);
    }
    var structured = totals.structured().copy().put("breakdown", json.put("next", next));
    var more = "\nThere are more rows: pass after=%d.".formatted(next);
    return new ToolAnswer.Told(structured, text + more, links(breakdown));
  }

  /** Where all of a provider is, for the first of those that are shown. */
  private static List<ToolAnswer.Link> links(BreakdownView breakdown) {
    return breakdown.rows().stream()
        .map(UsageCalls.BreakdownRow::provider)
        .filter(Objects::nonNull)
        .distinct()
        .limit(MOST_LINKS)
        .map(
            name -> new ToolAnswer.Link("api://usage/" + name, name, "All usage of this provider."))
        .toList();
  }

  private static Object name(String by, UsageCalls.BreakdownRow row) {
    return switch (by) {
      case "day" -> row.day();
      case "model" -> row.provider() == null ? row.model() : row.provider() + "/" + row.model();
      default -> row.provider();
    };
  }
}

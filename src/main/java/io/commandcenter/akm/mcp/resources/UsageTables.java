package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.UsageCalls.BreakdownRow;
import io.commandcenter.akm.contract.UsageCalls.UsageView;
import java.util.List;
import java.util.function.Function;

/** Usage and budget as tables. */
final class UsageTables {
  private UsageTables() {}

  static Markdown totals(Markdown text, UsageView usage) {
    return text.table(
        "provider,>requests,>tokens,>cost,>requests in 30 days,>tokens in 30 days,>cost in 30 days",
        usage.providers().entrySet().stream()
            .map(
                one ->
                    new Object[] {
                      one.getKey(),
                      one.getValue().totalRequests(),
                      one.getValue().totalTokens(),
                      one.getValue().estimatedCost(),
                      one.getValue().last30Days().requests(),
                      one.getValue().last30Days().tokens(),
                      one.getValue().last30Days().cost()
                    }));
  }

  /**
   * @param by the first column's name
   */
  static Markdown rows(
      Markdown text, String by, List<BreakdownRow> rows, Function<BreakdownRow, Object> name) {
    return text.table(
        by + ",>requests,>errors,>input,>output,>tokens,>cost",
        rows.stream()
            .map(
                row ->
                    new Object[] {
                      name.apply(row),
                      row.requests(),
                      row.errors(),
                      row.inputTokens(),
                      row.outputTokens(),
                      row.totalTokens(),
                      row.costUsd()
                    }));
  }

  static boolean unused(UsageView usage) {
    return usage.providers().values().stream().allMatch(one -> one.totalRequests() == 0);
  }

  static String budget(UsageView usage) {
    if (usage.budgetLimit() == null) {
      return "No budget is set: `budget.monthly_usd` in conf/akm.json sets one.";
    }
    var used = usage.budgetLimit().subtract(usage.budgetRemaining());
    return "Budget of %s: %s, of which %s is left. `%s` used"
        .formatted(
            usage.budgetPeriod(),
            Markdown.usd(usage.budgetLimit()),
            Markdown.usd(usage.budgetRemaining()),
            Markdown.bar(used, usage.budgetLimit()));
  }
}

package io.commandcenter.akm.mcp.tools;

import static io.commandcenter.akm.mcp.tools.TextTable.usd;

import io.commandcenter.akm.contract.AccessCalls.TokenBudget;
import io.commandcenter.akm.contract.BudgetCalls.BudgetView;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;

/** The month's budget and tokens' dollar limits, as every tool about money shows them. */
final class BudgetViews {
  private BudgetViews() {}

  static Schema month() {
    return Schema.object("The budget of this month, UTC.")
        .required(
            "mode",
            Schema.string("hard refuses what does not fit; warn only alerts; none: no budget.")
                .oneOf("hard", "warn", "none"))
        .required(
            "source",
            Schema.string("file: the server's configuration; set: by an admin, over the file's.")
                .oneOf("file", "set", "none"))
        .required("period", Schema.string("For example 2026-11."))
        .optional("limit_usd", Schema.number("US dollars."))
        .required("spent_usd", Schema.number("US dollars, settled."))
        .required("held_usd", Schema.number("US dollars reserved for requests under way."))
        .optional("remaining_usd", Schema.number("Limit less spent and held, US dollars."))
        .optional("percent", Schema.number("Spent and held, in percent of the limit."))
        .optional(
            "forecast_usd",
            Schema.number("Spent at the month's end at the present pace; absent on its first day."))
        .required("resets_at", Schema.string("When the next month begins, ISO 8601."));
  }

  static Schema token() {
    return Schema.object("One dollar limit of a token, its descendants' spending included.")
        .required("window", Schema.string("How long it holds.").oneOf("total", "day", "month"))
        .required("period", Schema.string("total, 2026-11-25 or 2026-11."))
        .required("limit_usd", Schema.number("US dollars."))
        .required("spent_usd", Schema.number("US dollars."))
        .required("held_usd", Schema.number("US dollars reserved for requests under way."))
        .required("remaining_usd", Schema.number("US dollars."))
        .required("percent", Schema.number("Spent and held, in percent of the limit."));
  }

  static JsonObject json(BudgetView budget) {
    var json = Wire.toJson(budget);
    return limited(budget)
        ? json.put("percent", TextBar.percent(used(budget), budget.limitUsd()))
        : json;
  }

  static JsonArray json(List<TokenBudget> budgets) {
    var array = new JsonArray();
    budgets.forEach(
        each ->
            array.add(
                Wire.toJson(each).put("percent", TextBar.percent(used(each), each.limitUsd()))));
    return array;
  }

  private static boolean limited(BudgetView budget) {
    return budget.limitUsd() != null && budget.limitUsd().signum() > 0;
  }

  private static BigDecimal used(BudgetView budget) {
    return budget.spentUsd().add(budget.heldUsd());
  }

  private static BigDecimal used(TokenBudget budget) {
    return budget.spentUsd().add(budget.heldUsd());
  }

  static String text(BudgetView budget) {
    if (budget.limitUsd() == null) {
      return "Month %s: %s spent%s. No budget is set; set_budget sets one."
          .formatted(budget.period(), usd(budget.spentUsd()), forecast(budget));
    }
    return "Month %s: %s%s of %s spent, %s held, %s left%s.\n%s budget, %s; it starts anew at %s."
        .formatted(
            budget.period(),
            limited(budget) ? TextBar.of(used(budget), budget.limitUsd()) + "  " : "",
            usd(budget.spentUsd()),
            usd(budget.limitUsd()),
            usd(budget.heldUsd()),
            usd(budget.remainingUsd()),
            forecast(budget),
            budget.mode().equals("hard")
                ? "Hard (what does not fit is refused)"
                : "Warning (nothing is refused)",
            budget.source().equals("set") ? "set by an admin" : "from the server's configuration",
            budget.resetsAt());
  }

  private static String forecast(BudgetView budget) {
    if (budget.forecastUsd() == null) {
      return "";
    }
    boolean over = limited(budget) && budget.forecastUsd().compareTo(budget.limitUsd()) > 0;
    return "; at this pace %s at the month's end%s"
        .formatted(usd(budget.forecastUsd()), over ? ", above the budget" : "");
  }

  /** The rows of a token's limits; empty if it has none. */
  static String text(List<TokenBudget> budgets) {
    var table = new TextTable("limit", "period", "of", "spent", "held", "left", "");
    budgets.forEach(
        each ->
            table.row(
                each.window(),
                each.period(),
                usd(each.limitUsd()),
                usd(each.spentUsd()),
                usd(each.heldUsd()),
                usd(each.remainingUsd()),
                TextBar.of(used(each), each.limitUsd())));
    return budgets.isEmpty() ? "" : table.render();
  }
}

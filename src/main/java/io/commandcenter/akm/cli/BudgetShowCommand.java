package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code akm budget show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "What is spent, held and left of the month's budget.")
final class BudgetShowCommand extends RemoteCommand {
  private static final int BAR = 20;

  BudgetShowCommand(Map<String, String> environment, Screen screen) {
    super(environment, screen);
  }

  @Override
  protected int run(AdminClient api) {
    var budget = api.get("/budget");
    if (!forMachines(budget)) {
      show(budget, screen);
    }
    return 0;
  }

  static void show(JsonObject budget, Screen screen) {
    var limited = budget.getValue("limit_usd") != null;
    var table =
        new Table()
            .row("month", budget.getString("period"))
            .row("budget", limited ? "$" + TokenWords.usd(budget, "limit_usd") : "none")
            .row("spent", "$" + TokenWords.usd(budget, "spent_usd"))
            .row("held", "$" + TokenWords.usd(budget, "held_usd"));
    if (limited) {
      var share = budget.getDouble("limit_usd") > 0 ? TokenWords.share(budget) : 1;
      table
          .row("left", "$" + TokenWords.usd(budget, "remaining_usd") + "  " + Bar.of(share, BAR))
          .row("mode", budget.getString("mode").equals("hard") ? "hard: refuses" : "warns only")
          .row("from", budget.getString("source").equals("set") ? "set by an admin" : "akm.json");
    }
    if (budget.getValue("forecast_usd") != null) {
      table.row("at this pace", "$" + TokenWords.usd(budget, "forecast_usd") + " at the end");
    }
    table.row("starts anew", Moments.text(budget.getString("resets_at"))).print(screen);
  }
}

package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.BudgetCalls.BudgetView;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Future;
import java.math.BigDecimal;

/** Changes what may be spent in a month. */
final class SetBudget implements Tool {
  private static final ToolCard CARD =
      new ToolCard(
          "set_budget",
          "Set the monthly budget",
          """
          Sets the budget of this and the coming months, in US dollars, at once and over the \
          server's configuration; it survives restarts. hard: true refuses requests that do not \
          fit, false only alerts at 80 and 100 percent. remove: true goes back to the \
          configuration's budget. Ask the person for the amount; do not raise a budget on your own \
          after a budget-exceeded.""",
          Scope.ADMIN,
          Schema.object("What to set: monthly_usd, hard or both; or remove alone.")
              .optional(
                  "monthly_usd",
                  Schema.number("US dollars a month (UTC), like 50 or 12.50; 0 stops all spending.")
                      .between(0, 1_000_000_000))
              .optional(
                  "hard",
                  Schema.bool("Whether what does not fit is refused; as it is if left out."))
              .optional("remove", Schema.bool("true: forget what was set here.")),
          BudgetViews.month(),
          new ToolCard.Hints(false, true, true, false));

  private final Asking bus;

  SetBudget(Asking bus) {
    this.bus = bus;
  }

  record Arguments(BigDecimal monthlyUsd, Boolean hard, Boolean remove) {}

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var asked = call.as(Arguments.class);
    var ask = new BudgetCalls.SetBudget(asked.monthlyUsd, asked.hard, asked.remove, call.by());
    return bus.ask(BudgetCalls.SET_BUDGET, ask).map(SetBudget::answer);
  }

  private static ToolAnswer answer(BudgetView budget) {
    var done =
        budget.source().equals("set")
            ? "In force from the next request on."
            : "What was set is forgotten; the server's configuration is in force.";
    return ToolAnswer.of(BudgetViews.json(budget), done + "\n" + BudgetViews.text(budget));
  }
}

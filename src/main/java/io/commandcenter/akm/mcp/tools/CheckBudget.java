package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AccessCalls.ShowToken;
import io.commandcenter.akm.contract.AccessCalls.TokenBudget;
import io.commandcenter.akm.contract.AccessCalls.TokenView;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.BudgetCalls.BudgetView;
import io.commandcenter.akm.contract.BudgetCalls.ShowBudget;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What may still be spent. */
final class CheckBudget implements Tool {
  private static final ToolCard CARD =
      new ToolCard(
          "check_budget",
          "Check the budget",
          """
          What may still be spent, in US dollars: the month's budget (limit, spent, held for \
          requests under way, left, forecast for the month's end, hard or warning) and the dollar \
          limits of the calling token, or of the token that token_id names. Use it before expensive \
          work and after a budget-exceeded.""",
          Scope.READ_ONLY,
          Schema.object("Whose limits; nothing for the calling token's.")
              .optional(
                  "token_id",
                  Schema.string("A token that this one may see, like tok_…: a descendant of it.")
                      .atMost(64)),
          Schema.object("The month's budget and the token's limits.")
              .required("month", BudgetViews.month())
              .required("token_id", Schema.string("Whose limits."))
              .required("token_limits", Schema.array("Empty if it has none.", BudgetViews.token())),
          ToolCard.Hints.READ);

  private final Asking bus;

  CheckBudget(Asking bus) {
    this.bus = bus;
  }

  record Arguments(String tokenId) {}

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var asked = call.as(Arguments.class);
    var token = asked.tokenId == null ? call.by() : asked.tokenId;
    var limits = asked.tokenId == null ? own(bus, call) : of(token, call);
    return bus.ask(BudgetCalls.BUDGET, new ShowBudget())
        .compose(month -> limits.map(found -> answer(month, token, found)));
  }

  private Future<List<TokenBudget>> of(String token, ToolCall call) {
    return bus.ask(AccessCalls.SHOW, new ShowToken(token, call.principal().reach()))
        .map(CheckBudget::budgets);
  }

  /** The caller's own; none for one that is no row of the vault, as the environment's token. */
  static Future<List<TokenBudget>> own(Asking bus, ToolCall call) {
    return Future.succeededFuture()
        .compose(v -> bus.ask(AccessCalls.SHOW, new ShowToken(call.by(), call.principal().reach())))
        .map(CheckBudget::budgets)
        .recover(
            cause ->
                cause instanceof Failure failure && hasNoRow(failure.code())
                    ? Future.succeededFuture(List.of())
                    : Future.failedFuture(cause));
  }

  private static boolean hasNoRow(Code code) {
    return code == Code.NOT_FOUND || code == Code.CONFLICT || code == Code.BAD_REQUEST;
  }

  private static List<TokenBudget> budgets(TokenView view) {
    return view.token().budgets();
  }

  private static ToolAnswer answer(BudgetView month, String token, List<TokenBudget> limits) {
    var text =
        limits.isEmpty()
            ? "Token %s has no dollar limits of its own.".formatted(token)
            : "Limits of token %s:\n%s".formatted(token, BudgetViews.text(limits));
    return ToolAnswer.of(
        new JsonObject()
            .put("month", BudgetViews.json(month))
            .put("token_id", token)
            .put("token_limits", BudgetViews.json(limits)),
        BudgetViews.text(month) + "\n\n" + text);
  }
}

package io.commandcenter.akm.mcp.tools;

import static io.commandcenter.akm.mcp.tools.TextTable.usd;

import io.commandcenter.akm.contract.AccessCalls.TokenBudget;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.TrackCalls;
import io.commandcenter.akm.contract.TrackCalls.Track;
import io.commandcenter.akm.contract.TrackCalls.Tracked;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.util.List;

/** Counts a request that was made without this server. */
final class TrackRequest implements Tool {
  private static final long MOST_TOKENS = 1_000_000_000L;

  private static final ToolCard CARD =
      new ToolCard(
          "track_request",
          "Record a request made elsewhere",
          """
          Records the usage of a request that was made directly at a provider, not by this server: \
          tokens, outcome, cost. It is priced like any other (or as cost_usd says), attributed to \
          the calling token and counted in its limits and the month's budget, which it may pass: it \
          was spent already. The same request_id is counted once. Requests by route_request or the \
          gateway are recorded by themselves: do not track those.""",
          Scope.CLIENT,
          input(),
          Schema.object("What was counted, and what is left.")
              .required("request_id", Schema.string("As given."))
              .required("provider", Schema.string("The provider."))
              .required("model", Schema.string("The model."))
              .required("cost_usd", Schema.number("US dollars that are counted for it."))
              .optional("price_source", Schema.string("given, catalogue or configured."))
              .required("duplicate", Schema.bool("It was recorded before; nothing was added."))
              .optional("budget_remaining_usd", Schema.number("Of the month, US dollars."))
              .required("token_limits", Schema.array("Of the calling token.", BudgetViews.token())),
          new ToolCard.Hints(false, false, true, false));

  private final Asking bus;

  TrackRequest(Asking bus) {
    this.bus = bus;
  }

  private static Schema input() {
    return Schema.object("The request, as the provider counted it.")
        .required(
            "request_id",
            Schema.string("Your own name of it, like the provider's response id.").atMost(64))
        .required("provider", Schema.string("Who served it, like anthropic.").atMost(64))
        .required("model", Schema.string("The model, like claude-sonnet-5-5.").atMost(256))
        .optional("operation", Schema.string("chat if left out.").oneOf("chat", "embeddings"))
        .optional("input_tokens", tokens("Tokens not from or to a cache."))
        .optional("cache_read_tokens", tokens("Tokens read from the provider's cache."))
        .optional("cache_write_tokens", tokens("Tokens written to it."))
        .optional("output_tokens", tokens("Tokens of the answer, reasoning included."))
        .optional(
            "outcome",
            Schema.string("ok if left out.")
                .oneOf(
                    "ok",
                    "cancelled",
                    "key-invalid",
                    "no-credit",
                    "rate-limit",
                    "overloaded",
                    "transient",
                    "permission",
                    "context-overflow",
                    "bad-request",
                    "content",
                    "timeout"))
        .optional("latency_ms", Schema.integer("Milliseconds.").between(0, 86_400_000))
        .optional(
            "cost_usd",
            Schema.number("What it has cost, US dollars, if known; priced by tokens if left out.")
                .between(0, 1_000_000))
        .optional("task", Schema.string("Like code_generation.").atMost(64))
        .optional(
            "tags",
            Schema.map(
                "Up to 16 labels, like {\"team\": \"blue\"}.",
                Schema.string("A value.").atMost(256)));
  }

  private static Schema tokens(String description) {
    return Schema.integer(description).between(0, MOST_TOKENS);
  }

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var track = call.as(Track.class).from(call.principal());
    return bus.ask(TrackCalls.TRACK, track)
        .compose(tracked -> CheckBudget.own(bus, call).map(limits -> answer(tracked, limits)));
  }

  private static ToolAnswer answer(Tracked tracked, List<TokenBudget> limits) {
    var what =
        tracked.duplicate()
            ? "%s was recorded before, at %s; nothing was added."
            : "Recorded %s: %s.";
    var left =
        tracked.budgetRemainingUsd() == null
            ? " No monthly budget is set."
            : " Of the month's budget %s is left.".formatted(usd(tracked.budgetRemainingUsd()));
    var own = limits.isEmpty() ? "" : "\n\nThis token's limits:\n" + BudgetViews.text(limits);
    return ToolAnswer.of(
        Wire.toJson(tracked).put("token_limits", BudgetViews.json(limits)),
        what.formatted(tracked.requestId(), usd(tracked.costUsd())) + left + own);
  }
}

package io.commandcenter.akm.mcp.tools;

import static io.commandcenter.akm.mcp.tools.TextTable.usd;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Estimate;
import io.commandcenter.akm.contract.UsageCalls.EstimateView;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;

/** What a request would cost. */
final class EstimateCost implements Tool {
  private static final long MOST_TOKENS = 1_000_000_000L;

  private static final ToolCard CARD =
      new ToolCard(
          "estimate_cost",
          "Estimate a request's cost",
          """
          What a request would cost in US dollars, from token counts or from its text; nothing is \
          sent to a provider. Give either input_tokens or text. Use it before expensive requests \
          and to compare models.""",
          Scope.READ_ONLY,
          Schema.object("The request to price.")
              .required("model", Schema.string("A model, or provider/model.").atMost(256))
              .optional("provider", Schema.string("Who serves it.").atMost(64))
              .optional("input_tokens", Schema.integer("Instead of text.").between(0, MOST_TOKENS))
              .optional("text", Schema.string("Instead of input_tokens.").atMost(2_000_000))
              .optional(
                  "output_tokens",
                  Schema.integer("Expected answer, 0 if left out.").between(0, MOST_TOKENS)),
          Schema.object("The estimate.")
              .required("provider", Schema.string("Who serves the model."))
              .required("model", Schema.string("The model."))
              .required("input_tokens", Schema.integer("As given or counted."))
              .required("output_tokens", Schema.integer("As given."))
              .required("cost_usd", Schema.number("US dollars."))
              .optional("input_usd_per_mtok", Schema.number("US dollars per million tokens."))
              .optional("output_usd_per_mtok", Schema.number("US dollars per million tokens."))
              .optional("method", Schema.string("given, tokenizer or characters."))
              .optional("price_source", Schema.string("catalogue or configured."))
              .optional("notes", Schema.array("What to know.", Schema.string("A note."))),
          ToolCard.Hints.READ);

  private final Asking bus;

  EstimateCost(Asking bus) {
    this.bus = bus;
  }

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    return bus.ask(UsageCalls.ESTIMATE, call.as(Estimate.class)).map(EstimateCost::answer);
  }

  private static ToolAnswer answer(EstimateView view) {
    var text =
        "%s/%s: %d input and %d output tokens cost about %s (%s in, %s out per million tokens;"
            .formatted(
                view.provider(),
                view.model(),
                view.inputTokens(),
                view.outputTokens(),
                usd(view.costUsd()),
                usd(view.inputUsdPerMtok()),
                usd(view.outputUsdPerMtok()));
    var how = " tokens: %s; price: %s).".formatted(view.method(), view.priceSource());
    var notes = view.notes() == null ? "" : String.join("\n", view.notes());
    return ToolAnswer.of(Wire.toJson(view), (text + how + "\n" + notes).strip());
  }
}

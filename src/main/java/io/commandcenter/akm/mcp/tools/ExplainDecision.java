package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.ShowDecision;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;

/** Why a request went where it went, and what came of it. */
final class ExplainDecision implements Tool {
  private static final ToolCard CARD =
      new ToolCard(
          "explain_decision",
          "Explain a decision",
          """
          Why a routed request went where it went: what was chosen, every other candidate with the \
          reason it was not, each attempt with its outcome, time and cost in US dollars. Takes the \
          decision_id of a route_request answer, or the x-akm-decision header of a gateway answer. \
          The last 10,000 decisions are kept, until the server restarts.""",
          Scope.READ_ONLY,
          Schema.object("Which decision.")
              .required("decision_id", Schema.string("Like dec_0123456789abcdef.").atMost(64)),
          RouteSchemas.explained(),
          ToolCard.Hints.READ);

  private final Asking bus;

  ExplainDecision(Asking bus) {
    this.bus = bus;
  }

  record Arguments(String decisionId) {}

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var asked = call.as(Arguments.class);
    return bus.ask(RouterCalls.DECISION, new ShowDecision(asked.decisionId))
        .map(view -> ToolAnswer.of(Wire.toJson(view), DecisionText.of(view)));
  }
}

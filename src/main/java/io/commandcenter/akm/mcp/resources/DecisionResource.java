package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.DecisionView;
import io.commandcenter.akm.contract.RouterCalls.ShowDecision;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.util.regex.Pattern;

/** Why a request went where it went, and what came of it. */
final class DecisionResource implements Resource {
  private static final Pattern ID = Pattern.compile("[a-z0-9_]{1,64}");
  private static final Card CARD =
      new Card(
          Uris.DECISION,
          "decision",
          "One decision",
          "Every candidate of a recent decision with the reason it was or was not taken, and every"
              + " attempt. The id stands in the answer of route_request and in x-akm-decision.",
          Scope.READ_ONLY);

  private final Asking bus;

  DecisionResource(Asking bus) {
    this.bus = bus;
  }

  @Override
  public Card card() {
    return CARD;
  }

  @Override
  public Future<Document> read(Reading reading) {
    var id = reading.variables().get("id");
    if (!ID.matcher(id).matches()) {
      throw Failure.notFound(
          "a decision's id is like dec_0123: take it from an answer of route_request or from"
              + " x-akm-decision");
    }
    return bus.ask(RouterCalls.DECISION, new ShowDecision(id))
        .map(decision -> new Document(Wire.toJson(decision), markdown(decision)));
  }

  private static String markdown(DecisionView view) {
    var made = view.decision();
    var text =
        new Markdown("Decision " + made.decisionId())
            .say(made.explanation())
            .say(
                "Request %s, task %s (%s), strategy %s, at %s."
                    .formatted(
                        view.requestId(),
                        made.task(),
                        made.operation(),
                        made.strategy(),
                        Markdown.utc(made.at())));
    candidates(text.section("Candidates"), view);
    if (view.attempts().isEmpty()) {
      return text.say("No attempt has ended: none was asked for, or it runs.").render();
    }
    attempts(text.section("Attempts"), view);
    return text.say("Cost of all attempts: " + Markdown.usd(view.costUsd())).render();
  }

  private static void candidates(Markdown text, DecisionView view) {
    text.table(
        ">rank,provider,model,key,verdict,reason,detail,>at most",
        view.decision().candidates().stream()
            .map(
                one ->
                    new Object[] {
                      one.rank(),
                      one.provider(),
                      one.model(),
                      one.keyLabel(),
                      one.verdict(),
                      one.reason(),
                      one.detail(),
                      one.estimatedCostUsd()
                    }));
  }

  private static void attempts(Markdown text, DecisionView view) {
    text.table(
        ">attempt,provider,model,outcome,>HTTP,>milliseconds,>cost,detail",
        view.attempts().stream()
            .map(
                one ->
                    new Object[] {
                      one.number(),
                      one.provider(),
                      one.model(),
                      one.outcome(),
                      one.httpStatus(),
                      one.latencyMs(),
                      one.costUsd(),
                      one.detail()
                    }));
  }
}

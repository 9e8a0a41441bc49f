package io.commandcenter.akm.mcp.tools;

import static io.commandcenter.akm.mcp.tools.TextTable.usd;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.Attempt;
import io.commandcenter.akm.contract.RouterCalls.Decision;
import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Routes a request to the best provider, or tells where it would go. */
final class RouteTool implements Tool {
  private static final ToolCard CARD =
      new ToolCard(
          "route_request",
          "Route an AI request",
          """
          Sends a request to the best provider that may take it, falls back to the next one when \
          it fails, and gives the answer with the decision, the attempts, tokens and cost. Without \
          prompt, messages and input nothing is sent: the answer is the decision only, each \
          candidate with the reason it was or was not taken. Name a task (as in api://routing), a \
          provider or a model.""",
          Scope.CLIENT,
          RouteSchemas.input(),
          RouteSchemas.output(),
          new ToolCard.Hints(false, false, false, true));

  private final Asking bus;

  RouteTool(Asking bus) {
    this.bus = bus;
  }

  record Arguments(
      String task,
      String provider,
      String model,
      String prompt,
      List<Message> messages,
      List<String> input,
      String strategy,
      Integer maxOutputTokens,
      Double temperature,
      BigDecimal maxCostUsd,
      Long deadlineMs) {
    RouteRequest of(String principal) {
      return new RouteRequest(
          task,
          provider,
          model,
          strategy,
          prompt,
          messages,
          input,
          maxOutputTokens,
          temperature,
          List.of(),
          deadlineMs,
          maxCostUsd,
          Map.of(),
          principal);
    }
  }

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var request = call.as(Arguments.class).of(call.by()).from(call.principal());
    return bus.ask(RouterCalls.ROUTE, request)
        .map(
            answer ->
                ToolAnswer.of(
                    Wire.toJson(answer),
                    request.decisionOnly() ? decided(answer.decision()) : answered(answer)));
  }

  private static String decided(Decision decision) {
    var table = new TextTable("candidate", "verdict", "reason", "detail");
    decision
        .candidates()
        .forEach(
            candidate ->
                table.row(
                    candidate.provider() + "/" + candidate.model(),
                    candidate.verdict(),
                    candidate.reason(),
                    candidate.detail()));
    return decision.explanation() + "\n\n" + table.render();
  }

  private static String answered(RouteAnswer answer) {
    var content =
        answer.text() != null
            ? answer.text()
            : (answer.embeddings() == null ? 0 : answer.embeddings().size()) + " embeddings.";
    return content + "\n\n---\n" + summary(answer);
  }

  private static String summary(RouteAnswer answer) {
    var tried =
        answer.attempts() == null
            ? ""
            : String.join(", ", answer.attempts().stream().map(RouteTool::tried).toList());
    var tokens = answer.usage() == null ? 0 : answer.usage().totalTokens();
    return "%s; %d tokens, %s, finished: %s"
        .formatted(tried, tokens, usd(answer.costUsd()), answer.finishReason());
  }

  private static String tried(Attempt attempt) {
    return attempt.provider() + "/" + attempt.model() + " " + attempt.outcome();
  }
}

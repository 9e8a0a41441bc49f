package io.commandcenter.akm.mcp.tools;

import static io.commandcenter.akm.mcp.tools.TextTable.usd;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.Attempt;
import io.commandcenter.akm.contract.RouterCalls.CancelRoute;
import io.commandcenter.akm.contract.RouterCalls.Decision;
import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes a request to the best provider, or tells where it would go. */
final class RouteTool implements Tool {
  private static final Logger log = LoggerFactory.getLogger(RouteTool.class);

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
  private final RouteWatch watch;
  private final Supplier<String> callIds;

  /**
   * @param callIds names that never repeat
   */
  RouteTool(Asking bus, RouteWatch watch, Supplier<String> callIds) {
    this.bus = bus;
    this.watch = watch;
    this.callIds = callIds;
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
    if (request.decisionOnly()) {
      return bus.ask(RouterCalls.ROUTE, request)
          .map(answer -> told(answer, decided(answer.decision())));
    }
    return sent(request.called(callIds.get()), call).map(answer -> told(answer, answered(answer)));
  }

  /** Watched while it runs; the client may give it up. */
  private Future<RouteAnswer> sent(RouteRequest request, ToolCall call) {
    var over = watch.watch(request.callId(), new RouteSteps(call.progress())::heard);
    var answer = bus.ask(RouterCalls.ROUTE, request).onComplete(end -> over.run());
    // Only now: what is given up before it was asked could not be found.
    call.progress().onCancel(() -> cancel(request.callId(), call.by()));
    return answer;
  }

  private void cancel(String callId, String by) {
    bus.ask(RouterCalls.CANCEL, new CancelRoute(callId, by))
        .onFailure(cause -> log.warn("a request was not cancelled: {}", cause.getMessage()));
  }

  private static ToolAnswer told(RouteAnswer answer, String text) {
    var id = answer.decision().decisionId();
    var why =
        new ToolAnswer.Link("api://decisions/" + id, id, "Why it went there, and what came of it.");
    return new ToolAnswer.Told(Wire.toJson(answer), text, List.of(why));
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

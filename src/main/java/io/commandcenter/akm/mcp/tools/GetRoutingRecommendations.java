package io.commandcenter.akm.mcp.tools;

import static io.commandcenter.akm.mcp.tools.TextTable.usd;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.core.advice.Advice;
import io.commandcenter.akm.core.advice.Advisor;
import io.commandcenter.akm.core.advice.Evidence;
import io.commandcenter.akm.core.advice.Evidence.TaskState;
import io.commandcenter.akm.core.advice.Evidence.Track;
import io.commandcenter.akm.core.money.Usd;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** What the last days suggest to change about the routing. */
final class GetRoutingRecommendations implements Tool {
  private static final ToolCard CARD =
      new ToolCard(
          "get_routing_recommendations",
          "Get routing recommendations",
          """
          Where each task goes now and why, and what the last 7 days suggest: a cheaper or faster \
          candidate that is at least as reliable, targets that are down, without a key or retired, \
          limits that are hit, providers with keys that nobody uses. Each recommendation has its \
          figures, the change that would follow and, where it is about money, the estimated saving \
          a month in US dollars. It changes nothing.""",
          Scope.READ_ONLY,
          Schema.object("Which task; nothing for all.")
              .optional("task", Schema.string("As in api://routing.").atMost(64)),
          RecommendationSchemas.recommendations(),
          ToolCard.Hints.READ);

  private final RoutingEvidence evidence;

  GetRoutingRecommendations(Asking bus) {
    evidence = new RoutingEvidence(bus);
  }

  record Arguments(String task) {}

  @Override
  public ToolCard card() {
    return CARD;
  }

  @Override
  public Future<ToolAnswer> call(ToolCall call) {
    var task = call.as(Arguments.class).task();
    return evidence
        .gather(task, call.principal())
        .map(
            found -> {
              if (task != null && found.tasks().isEmpty()) {
                throw new Failure(
                    Code.UNKNOWN_TASK,
                    "no task of this name is configured, or the token may not use it; api://routing"
                        + " lists them");
              }
              return answer(found, about(task, Advisor.of(found)));
            });
  }

  private static List<Advice> about(String task, List<Advice> all) {
    return task == null ? all : all.stream().filter(one -> task.equals(one.task())).toList();
  }

  private static ToolAnswer answer(Evidence found, List<Advice> advice) {
    long attempts = found.tracks().stream().mapToLong(Track::requests).sum();
    var json =
        new JsonObject()
            .put("days", found.days())
            .put("attempts", attempts)
            .put(
                "tasks", list(found.tasks().stream().map(GetRoutingRecommendations::json).toList()))
            .put(
                "recommendations",
                list(advice.stream().map(GetRoutingRecommendations::json).toList()));
    var note = note(attempts, found.days());
    if (!note.isEmpty()) {
      json.put("note", note);
    }
    return ToolAnswer.of(json, text(found, advice, note));
  }

  private static JsonArray list(List<JsonObject> objects) {
    return new JsonArray(objects);
  }

  private static JsonObject json(TaskState task) {
    var json = new JsonObject().put("task", task.task());
    if (task.now() != null) {
      json.put("provider", task.now().provider()).put("model", task.now().model());
    }
    return json.put("why", task.why());
  }

  private static JsonObject json(Advice advice) {
    var json =
        new JsonObject()
            .put("severity", advice.severity().slug())
            .put("kind", advice.kind())
            .put("reason", advice.reason())
            .put("change", advice.change());
    if (advice.task() != null) {
      json.put("task", advice.task());
    }
    if (advice.provider() != null) {
      json.put("provider", advice.provider());
    }
    return advice.monthlySavingNanos() == null
        ? json
        : json.put("monthly_saving_usd", Usd.ofNanos(advice.monthlySavingNanos()));
  }

  private static String note(long attempts, int days) {
    return attempts > 0
        ? ""
        : "No traffic yet: without attempts in the last %d days nothing can be said about what would be cheaper or faster."
            .formatted(days);
  }

  private static String text(Evidence found, List<Advice> advice, String note) {
    var tasks =
        found.tasks().stream()
            .map(
                task ->
                    "%s goes to %s: %s"
                        .formatted(
                            task.task(), task.now() == null ? "nobody" : task.now(), task.why()))
            .collect(Collectors.joining("\n"));
    var all =
        advice.isEmpty()
            ? "Nothing to recommend."
            : advice.stream()
                .map(GetRoutingRecommendations::words)
                .collect(Collectors.joining("\n"));
    return tasks + "\n\n" + all + (note.isEmpty() ? "" : "\n\n" + note);
  }

  private static String words(Advice advice) {
    var saving =
        advice.monthlySavingNanos() == null || advice.monthlySavingNanos() <= 0
            ? ""
            : " It would save about %s a month."
                .formatted(usd(Usd.ofNanos(advice.monthlySavingNanos())));
    return "%s: %s%s What to do: %s."
        .formatted(advice.severity().slug(), advice.reason(), saving, advice.change());
  }
}

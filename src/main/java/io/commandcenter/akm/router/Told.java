package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.core.routing.Candidate;
import java.util.function.Supplier;

/** What is told of each request, and remembered of its decision. */
final class Told {
  private Told() {}

  static void decided(Tools tools, Decided decision) {
    tools.decisions().made(decision);
    var asked = decision.asked();
    var candidates = decision.candidates();
    var chosen = candidates.isEmpty() ? null : candidates.get(0);
    tools
        .bus()
        .publish(
            Facts.ROUTING_DECIDED,
            new Facts.RoutingDecided(
                asked.requestId(),
                decision.id(),
                decision.task(),
                chosen == null ? null : chosen.provider(),
                chosen == null ? null : chosen.model(),
                asked.startedAt()));
    if (chosen != null) {
      progress(tools, decision, "decided", 0, chosen, () -> decision.wire().explanation());
    }
  }

  static void trying(Tools tools, Decided decision, int attempt, Candidate candidate) {
    progress(tools, decision, "trying", attempt, candidate, candidate::detail);
  }

  /** Tells nothing of one that the caller has left: that is no news to him. */
  static void ended(Tools tools, Decided decision, AttemptEnd end) {
    if (!(end.result() instanceof AttemptEnd.Left)) {
      var stage = end.result() instanceof AttemptEnd.Answered ? "answered" : "failed";
      progress(tools, decision, stage, end.number(), end.candidate(), () -> words(end.result()));
    }
  }

  private static String words(AttemptEnd.Result result) {
    return result instanceof AttemptEnd.Failed
        ? result.outcome() + ": " + result.detail()
        : result.detail();
  }

  /** Only of requests that somebody may watch: most pay nothing for it. */
  private static void progress(
      Tools tools,
      Decided decision,
      String stage,
      int attempt,
      Candidate candidate,
      Supplier<String> detail) {
    var callId = decision.asked().request().callId();
    if (callId == null) {
      return;
    }
    tools
        .bus()
        .publish(
            Facts.ROUTE_PROGRESS,
            new Facts.RouteProgress(
                callId,
                stage,
                candidate.provider(),
                candidate.model(),
                attempt,
                decision.candidates().size(),
                detail.get(),
                tools.times().instant()));
  }
}

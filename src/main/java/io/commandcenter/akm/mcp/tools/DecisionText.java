package io.commandcenter.akm.mcp.tools;

import static io.commandcenter.akm.mcp.tools.TextTable.usd;

import io.commandcenter.akm.contract.RouterCalls.Attempt;
import io.commandcenter.akm.contract.RouterCalls.Candidate;
import io.commandcenter.akm.contract.RouterCalls.Decision;
import io.commandcenter.akm.contract.RouterCalls.DecisionView;
import java.util.Objects;
import java.util.stream.Collectors;

/** A decision told to a person. */
final class DecisionText {
  private DecisionText() {}

  static String of(DecisionView view) {
    var decision = view.decision();
    return "%s\n\n%s\n\nCandidates:\n%s\n%s"
        .formatted(
            asked(view),
            decision.explanation(),
            decision.candidates().stream()
                .map(DecisionText::candidate)
                .collect(Collectors.joining("\n")),
            came(view));
  }

  private static String asked(DecisionView view) {
    var decision = view.decision();
    return "%s asked for %s%s at %s (request %s, strategy %s)."
        .formatted(
            Objects.requireNonNullElse(view.principal(), "Somebody"),
            decision.operation(),
            decision.task() == null ? "" : " of the task " + decision.task(),
            decision.at(),
            view.requestId(),
            decision.strategy());
  }

  private static String candidate(Candidate candidate) {
    var place = candidate.rank() == null ? "-" : candidate.rank() + ".";
    var cost =
        candidate.estimatedCostUsd() == null
            ? ""
            : ", at most " + usd(candidate.estimatedCostUsd());
    var model = candidate.model() == null ? "" : "/" + candidate.model();
    return "%s %s%s: %s (%s): %s%s"
        .formatted(
            place,
            candidate.provider(),
            model,
            candidate.verdict(),
            candidate.reason(),
            candidate.detail(),
            cost);
  }

  private static String came(DecisionView view) {
    if (!view.attempts().isEmpty()) {
      return "\nAttempts:\n%s\nIn all %s."
          .formatted(
              view.attempts().stream().map(DecisionText::attempt).collect(Collectors.joining("\n")),
              usd(view.costUsd()));
    }
    return unsent(view.decision(), view.costUsd() != null);
  }

  private static String unsent(Decision decision, boolean over) {
    if (decision.chosen() == null) {
      return "\nNothing was sent: no candidate could take it.";
    }
    return over
        ? "\nNothing was sent."
        : "\nNo attempt has ended: it runs, or only the decision was asked for.";
  }

  private static String attempt(Attempt attempt) {
    var status = attempt.httpStatus() == null ? "" : ", HTTP " + attempt.httpStatus();
    var detail = attempt.detail() == null ? "" : ", " + attempt.detail();
    return "%d. %s/%s: %s%s%s, %d ms, %s"
        .formatted(
            attempt.number(),
            attempt.provider(),
            attempt.model(),
            attempt.outcome(),
            status,
            detail,
            attempt.latencyMs(),
            usd(attempt.costUsd()));
  }
}

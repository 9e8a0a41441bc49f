package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Facts.RouteProgress;

/**
 * A routed request's progress as a client is told it: half a step when an attempt begins, a whole
 * one when it has failed, and the last when it has answered.
 */
final class RouteSteps {
  private static final double BEGUN = 0.5;

  private final Progress progress;

  RouteSteps(Progress progress) {
    this.progress = progress;
  }

  void heard(RouteProgress fact) {
    double done =
        switch (fact.stage()) {
          case "trying" -> fact.attempt() - BEGUN;
          case "failed" -> fact.attempt();
          case "answered" -> Math.max(fact.attempt(), fact.candidates());
          default -> 0;
        };
    // A candidate may be tried twice: then nobody knows how many attempts there are.
    var total = fact.attempt() > fact.candidates() ? null : Double.valueOf(fact.candidates());
    progress.report(done, total, words(fact));
  }

  private static String words(RouteProgress fact) {
    var target = fact.provider() + "/" + fact.model();
    return switch (fact.stage()) {
      case "trying" -> "trying " + target + place(fact);
      case "failed" -> target + " failed: " + fact.detail();
      case "answered" -> target + " answered";
      default -> "decided: " + fact.detail();
    };
  }

  private static String place(RouteProgress fact) {
    return fact.attempt() > fact.candidates()
        ? " once more"
        : " (%d of %d)".formatted(fact.attempt(), fact.candidates());
  }
}

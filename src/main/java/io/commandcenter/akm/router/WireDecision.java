package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.Decision;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.core.routing.Excluded;
import io.commandcenter.akm.core.routing.Outcome;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;

/** Outcomes of core.routing as the contract shows them. */
final class WireDecision {
  private WireDecision() {}

  static Decision of(String decisionId, Asked asked, Outcome.Verdict verdict) {
    boolean costs = !asked.request().decisionOnly();
    var all = new ArrayList<RouterCalls.Candidate>();
    for (var candidate : verdict.candidates()) {
      all.add(taken(candidate, all.size() + 1, costs));
    }
    var chosen = all.isEmpty() ? null : all.get(0);
    verdict.excluded().forEach(excluded -> all.add(passedOver(excluded, costs)));
    return new Decision(
        decisionId,
        asked.startedAt(),
        verdict.task(),
        asked.query().operation().slug(),
        verdict.strategy().slug(),
        chosen,
        all,
        verdict.explanation());
  }

  private static RouterCalls.Candidate taken(Candidate candidate, int rank, boolean costs) {
    return new RouterCalls.Candidate(
        rank,
        candidate.provider(),
        candidate.model(),
        candidate.keyId(),
        candidate.keyLabel(),
        rank == 1 ? "chosen" : "fallback",
        candidate.reason().slug(),
        candidate.detail(),
        costs ? Usd.ofNanos(candidate.maxCostNanos()) : null);
  }

  private static RouterCalls.Candidate passedOver(Excluded excluded, boolean costs) {
    BigDecimal cost =
        costs && excluded.maxCostNanos() != null ? Usd.ofNanos(excluded.maxCostNanos()) : null;
    return new RouterCalls.Candidate(
        null,
        excluded.provider(),
        excluded.model(),
        excluded.keyId(),
        excluded.keyLabel(),
        "excluded",
        excluded.reason().slug(),
        excluded.detail(),
        cost);
  }

  /** A decision as a failure carries it. */
  static Map<String, Object> json(Decision decision) {
    return Wire.toJson(decision).getMap();
  }

  static Failure failure(Outcome.Unknown unknown) {
    var known = unknown.known().isEmpty() ? "none" : String.join(", ", unknown.known());
    return switch (unknown.name()) {
      case PROVIDER ->
          new Failure(
              Code.UNKNOWN_PROVIDER,
              "`provider` names no configured provider; configured are: " + known);
      case TASK ->
          new Failure(
              Code.UNKNOWN_TASK, "`task` names no configured task; configured are: " + known);
      case MODEL ->
          new Failure(
              Code.UNKNOWN_MODEL,
              "no enabled provider lists this `model`; the nearest are: " + known);
    };
  }

  static Failure failure(Outcome.Forbidden forbidden) {
    var field = forbidden.name().name().toLowerCase(Locale.ROOT);
    return new Failure(
            Code.FORBIDDEN,
            "the token may not use this `"
                + field
                + "`; it may use: "
                + String.join(", ", forbidden.allowed()))
        .with("allowed", forbidden.allowed());
  }

  static Failure failure(Outcome.Refused refused, Decision decision) {
    return refused
        .soonest()
        .map(
            wait ->
                new Failure(
                        Code.RATE_LIMITED,
                        "every provider that could take the request is at its limit or cools"
                            + " down; wait for retry_after_ms")
                    .with(Failure.RETRY_AFTER_MS, Math.max(1, wait.toMillis())))
        .orElseGet(
            () ->
                new Failure(
                    Code.NO_CANDIDATE,
                    "no provider may take the request now; the decision has each one's reason"))
        .with("decision", json(decision));
  }
}

package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.RouterCalls.Decision;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.core.routing.Outcome;
import java.util.List;

/** A decision; it is put into words only for whoever asks why. */
final class Decided {
  private final String id;
  private final Asked asked;
  private final Outcome.Verdict verdict;

  Decided(String id, Asked asked, Outcome.Verdict verdict) {
    this.id = id;
    this.asked = asked;
    this.verdict = verdict;
  }

  String id() {
    return id;
  }

  Asked asked() {
    return asked;
  }

  /** Null if none applies. */
  String task() {
    return verdict.task();
  }

  List<Candidate> candidates() {
    return verdict.candidates();
  }

  Decision wire() {
    return WireDecision.of(id, asked, verdict);
  }
}

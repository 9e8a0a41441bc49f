package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.KeyCalls;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.core.routing.Penalty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an attempt's end means for the requests after it. */
final class Consequences {
  private static final Logger log = LoggerFactory.getLogger(Consequences.class);

  private final Tools tools;

  Consequences(Tools tools) {
    this.tools = tools;
  }

  void answered(Candidate candidate) {
    tools.facts().coolDowns().succeeded(candidate);
  }

  void failed(Candidate candidate, AttemptEnd.Failed failed) {
    var reply = failed.reply();
    var said = new Penalty.Said(reply.retryAfter(), reply.parkedUntil());
    tools
        .facts()
        .coolDowns()
        .failed(candidate, reply.errorClass(), said, tools.random())
        .filter(penalty -> penalty.isWorthTelling(reply.errorClass(), said))
        .ifPresent(penalty -> tellOfRest(candidate, failed, penalty));
    if (keyRefused(candidate, failed)) {
      report(candidate, failed);
    }
  }

  /** Whether the provider said that the key itself is of no use. */
  static boolean keyRefused(Candidate candidate, AttemptEnd.Failed failed) {
    var error = failed.reply().errorClass();
    return candidate.keyId() != null
        && (error == ErrorClass.KEY_INVALID || error == ErrorClass.NO_CREDIT);
  }

  /** So that the rest outlives this process; the request does not wait for it. */
  private void tellOfRest(Candidate candidate, AttemptEnd.Failed failed, Penalty penalty) {
    var until = tools.times().instant().plus(penalty.length());
    var reason = failed.reply().errorClass().slug();
    tools
        .bus()
        .ask(
            KeyCalls.COOL,
            new KeyCalls.CoolKey(candidate.keyId(), failed.keyVersion(), until, reason, "router"))
        .onFailure(
            cause ->
                log.warn(
                    "the vault did not note that {} rests: {}",
                    candidate.keyId(),
                    cause.getMessage()));
  }

  /** The request does not wait for the vault: its next candidate has another key. */
  void report(Candidate candidate, AttemptEnd.Failed failed) {
    tools
        .bus()
        .ask(
            LeaseCalls.REPORT_REJECTION,
            new LeaseCalls.ReportRejection(
                candidate.keyId(),
                failed.keyVersion(),
                failed.reply().errorClass().slug(),
                "router"))
        .onFailure(
            cause ->
                log.warn(
                    "the vault did not take the report that {} was refused: {}",
                    candidate.keyId(),
                    cause.getMessage()));
  }
}

package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.core.limits.BackOff;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.core.routing.Remaining;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The attempts of one request: candidate after candidate, until one answers or the deadline, the
 * attempt cap or the cost cap ends it. Used once, on the router's event loop.
 */
final class Attempts {
  /** Failure context: the provider's own words about the caller's request, for that caller. */
  static final String PROVIDER_SAYS = "provider_says";

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Tools tools;
  private final Asked asked;
  private final Decided decision;
  private final Sending sending;
  private final Consequences consequences;
  private final List<AttemptEnd> ended = new ArrayList<>();
  private List<Candidate> remaining;
  private Optional<Candidate> secondTry = Optional.empty();
  private boolean triedTwice;
  private boolean triedOtherVersion;
  private Duration opensIn;
  private Failure unfit;
  private Promise<Void> pause;
  private long spentNanos;

  Attempts(Tools tools, Decided decision, Sending sending) {
    this.tools = tools;
    asked = decision.asked();
    this.decision = decision;
    this.sending = sending;
    consequences = new Consequences(tools);
    remaining = decision.candidates();
  }

  /**
   * How it ended.
   *
   * @param last answered, or left by the caller
   * @param all in order, the last one included
   * @param spentNanos of all of them
   */
  record Finished(AttemptEnd last, List<AttemptEnd> all, long spentNanos) {}

  /** The end, or a failure with the decision and the attempts in its context. */
  Future<Finished> run() {
    return next()
        .onComplete(end -> tools.decisions().ended(decision.id(), List.copyOf(ended), spentNanos))
        .recover(cause -> Future.failedFuture(explained(cause)));
  }

  /** The caller has given up: who waits for another try waits no more. */
  void stop() {
    if (pause != null) {
      pause.tryComplete();
    }
  }

  /** What to say to a caller who has given up. */
  Failure cancelled() {
    return (Failure)
        explained(
            new Failure(Code.CANCELLED, "the request was cancelled; nothing more is sent for it"));
  }

  /** What to say if the deadline passes while a part of this server keeps the request waiting. */
  Failure late() {
    return (Failure)
        explained(
            new Failure(
                Code.DEADLINE_EXCEEDED,
                "the deadline passed before an answer; allow more time with deadline_ms"));
  }

  private Future<Finished> next() {
    if (sending.left() && !ended.isEmpty()) {
      return Future.failedFuture(cancelled());
    }
    if (asked.late(tools.times())) {
      return Future.failedFuture(late());
    }
    if (ended.size() >= tools.settings().maxAttempts()) {
      return Future.failedFuture(NoAnswer.of(ended, unfit, opensIn));
    }
    while (!remaining.isEmpty()) {
      var candidate = remaining.get(0);
      remaining = remaining.subList(1, remaining.size());
      var ready = ready(candidate);
      if (ready.isEmpty()) {
        continue;
      }
      var pass =
          affordable(candidate) ? tools.facts().enter(candidate) : Optional.<Lane.Pass>empty();
      if (pass.isPresent()) {
        return attempt(candidate, ready.get(), null, pass.get());
      }
      noteWait(tools.facts().opensIn(candidate));
    }
    return trySecond();
  }

  /** Empty if this provider cannot carry the request out, with whatever key. */
  private Optional<Sending.Ready> ready(Candidate candidate) {
    try {
      var endpoint = tools.facts().endpoint(candidate.provider()).orElseThrow();
      return Optional.of(sending.ready(endpoint, candidate));
    } catch (Failure cannot) {
      unfit = unfit == null ? cannot : unfit;
      remaining = Remaining.after(candidate, ErrorClass.TRANSIENT, remaining);
      return Optional.empty();
    }
  }

  private boolean affordable(Candidate candidate) {
    var cap = asked.query().size().maxCostNanos();
    return cap == null || candidate.maxCostNanos() <= cap - spentNanos;
  }

  private void noteWait(Duration wait) {
    if (!wait.isZero() && (opensIn == null || wait.compareTo(opensIn) < 0)) {
      opensIn = wait;
    }
  }

  private Future<Finished> attempt(
      Candidate candidate, Sending.Ready ready, Integer exceptVersion, Lane.Pass pass) {
    Told.trying(tools, decision, ended.size() + 1, candidate);
    return new Attempt(
            tools, asked, decision.task(), ended.size() + 1, candidate, ready, exceptVersion, pass)
        .run()
        .compose(this::judge);
  }

  private Future<Finished> judge(AttemptEnd end) {
    ended.add(end);
    Told.ended(tools, decision, end);
    spentNanos += end.settled().costNanos();
    if (end.result() instanceof AttemptEnd.Answered) {
      consequences.answered(end.candidate());
      return Future.succeededFuture(finished(end));
    }
    if (end.result() instanceof AttemptEnd.Left) {
      return Future.succeededFuture(finished(end));
    }
    if (end.result() instanceof AttemptEnd.Failed failed) {
      if (sending.begun()) {
        consequences.failed(end.candidate(), failed);
        return Future.failedFuture(brokeOff(end.candidate(), failed));
      }
      return Consequences.keyRefused(end.candidate(), failed) && !triedOtherVersion
          ? tryOtherVersion(end.candidate(), failed)
          : failedOver(end.candidate(), failed);
    }
    // Without a lease this key is of no use now, just as if it had been refused.
    remaining = Remaining.after(end.candidate(), ErrorClass.KEY_INVALID, remaining);
    return next();
  }

  /**
   * While a key rotates it has two versions: one that is refused says nothing about the other. Once
   * a request, and beyond the attempt cap, so that a bad new key costs no client an answer.
   */
  private Future<Finished> tryOtherVersion(Candidate candidate, AttemptEnd.Failed failed) {
    triedOtherVersion = true;
    return otherVersion(candidate, failed.keyVersion())
        .compose(
            there -> {
              var pass =
                  there && !sending.left() && affordable(candidate) && !asked.late(tools.times())
                      ? tools.facts().enter(candidate)
                      : Optional.<Lane.Pass>empty();
              if (pass.isEmpty()) {
                return failedOver(candidate, failed);
              }
              // The version is reported, but the key does not cool down: the other one works.
              consequences.report(candidate, failed);
              return attempt(
                  candidate, ready(candidate).orElseThrow(), failed.keyVersion(), pass.get());
            });
  }

  /** Whether the vault lends a version besides this one. */
  private Future<Boolean> otherVersion(Candidate candidate, int refused) {
    return tools
        .bus()
        .ask(
            LeaseCalls.LEASE,
            new LeaseCalls.TakeLease(
                candidate.keyId(), asked.requestId(), refused, asked.request().principal()))
        .map(lease -> true)
        .otherwise(false);
  }

  private Future<Finished> failedOver(Candidate candidate, AttemptEnd.Failed failed) {
    var error = failed.reply().errorClass();
    consequences.failed(candidate, failed);
    remaining = Remaining.after(candidate, error, remaining);
    boolean passing = error == ErrorClass.OVERLOADED || error == ErrorClass.TRANSIENT;
    if (passing && !triedTwice && secondTry.isEmpty()) {
      secondTry = Optional.of(candidate);
    }
    boolean hopeless = error.blame() == ErrorClass.Blame.REQUEST && remaining.isEmpty();
    return hopeless ? Future.failedFuture(refused(candidate, failed)) : next();
  }

  /**
   * Only when nothing else is left, and once: the provider that failed in passing, after a pause.
   */
  private Future<Finished> trySecond() {
    var candidate = secondTry.orElse(null);
    if (candidate == null) {
      return Future.failedFuture(NoAnswer.of(ended, unfit, opensIn));
    }
    secondTry = Optional.empty();
    triedTwice = true;
    var wait = wait(candidate);
    if (wait.compareTo(LONGEST_PAUSE) > 0 || wait.compareTo(asked.timeLeft(tools.times())) >= 0) {
      return Future.failedFuture(NoAnswer.of(ended, unfit, opensIn));
    }
    remaining = List.of(candidate);
    return paused(wait).compose(over -> next());
  }

  private Future<Void> paused(Duration wait) {
    pause = Promise.promise();
    long timer = tools.vertx().setTimer(wait.toMillis(), id -> pause.tryComplete());
    return pause.future().onComplete(over -> tools.vertx().cancelTimer(timer));
  }

  private Duration wait(Candidate candidate) {
    var backOff = BackOff.delay(0, tools.random());
    var closed = tools.facts().opensIn(candidate).plusMillis(1);
    return closed.compareTo(backOff) > 0 ? closed : backOff;
  }

  private Finished finished(AttemptEnd last) {
    return new Finished(last, List.copyOf(ended), spentNanos);
  }

  private static Failure brokeOff(Candidate candidate, AttemptEnd.Failed failed) {
    return new Failure(
        Code.PROVIDER_FAILED,
        candidate.provider() + " broke its answer off: " + failed.reply().detail());
  }

  private static Failure refused(Candidate candidate, AttemptEnd.Failed failed) {
    var refused =
        Failure.badRequest(
            candidate.provider() + " does not accept the request: " + failed.reply().detail());
    var said = failed.reply().said();
    return said == null ? refused : refused.with(PROVIDER_SAYS, said);
  }

  private Throwable explained(Throwable cause) {
    if (!(cause instanceof Failure failure) || failure.context().containsKey("decision")) {
      return cause;
    }
    return failure
        .with("request_id", asked.requestId())
        .with("decision", WireDecision.json(decision.wire()))
        .with("attempts", ended.stream().map(end -> Wire.toJson(end.wire()).getMap()).toList());
  }
}

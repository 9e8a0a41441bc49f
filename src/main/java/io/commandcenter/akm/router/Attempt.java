package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.LeaseCalls;
import io.commandcenter.akm.contract.LeaseCalls.Lease;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Held;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.router.AttemptEnd.Result;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at one candidate: hold, lease, send, settle. Once the hold stands, exactly one settle
 * follows, whatever happens between.
 */
final class Attempt {
  private static final Logger log = LoggerFactory.getLogger(Attempt.class);

  private final Tools tools;
  private final Asked asked;
  private final Candidate candidate;
  private final Sending.Ready ready;
  private final Integer exceptVersion;
  private final Lane.Pass pass;
  private final Hold hold;
  private final long startNanos;

  /**
   * @param task as decided; null if none applies
   * @param ready to go to this candidate
   * @param exceptVersion of the key, just refused; null for none
   * @param pass is given back in every case
   */
  Attempt(
      Tools tools,
      Asked asked,
      String task,
      int number,
      Candidate candidate,
      Sending.Ready ready,
      Integer exceptVersion,
      Lane.Pass pass) {
    this.tools = tools;
    this.asked = asked;
    this.candidate = candidate;
    this.ready = ready;
    this.exceptVersion = exceptVersion;
    this.pass = pass;
    startNanos = tools.times().nanos();
    hold =
        new Hold(
            asked.requestId(),
            number,
            task,
            asked.query().operation().slug(),
            candidate.provider(),
            candidate.model(),
            candidate.keyId(),
            asked.request().principal(),
            asked.query().size().maxInputTokens(),
            candidate.maxOutputTokens(),
            tools.times().instant(),
            asked.request().tags(),
            asked.query().grant().spending());
  }

  /** Fails only if the usage room refuses the hold or cannot settle. */
  Future<AttemptEnd> run() {
    return held()
        .onFailure(refused -> pass.unused())
        .compose(held -> carryOut().compose(result -> settle(held, result)));
  }

  /** Where nothing may be overrun there is nothing to hold. */
  private Future<Held> held() {
    return tools.isBudgeted(asked)
        ? tools.bus().ask(UsageCalls.HOLD, hold)
        : Future.succeededFuture(new Held("hold_" + hold.requestId() + "_" + hold.attempt(), 0));
  }

  /** Never fails: starting from a future, also a throw becomes a result. */
  private Future<Result> carryOut() {
    return Future.succeededFuture()
        .compose(start -> lend())
        .compose(this::send)
        .recover(this::notSent);
  }

  private Future<Optional<Lease>> lend() {
    if (candidate.keyId() == null) {
      return Future.succeededFuture(Optional.empty());
    }
    return tools
        .bus()
        .ask(
            LeaseCalls.LEASE,
            new LeaseCalls.TakeLease(
                candidate.keyId(), asked.requestId(), exceptVersion, asked.request().principal()))
        .map(Optional::of);
  }

  private Future<Result> send(Optional<Lease> lease) {
    var left = asked.timeLeft(tools.times());
    if (left.isZero()) {
      throw new Failure(Code.DEADLINE_EXCEEDED, "no time was left to send the request");
    }
    int version = lease.map(Lease::version).orElse(0);
    return reply(lease, left).map(reply -> result(reply, version));
  }

  private Future<ProviderReply> reply(Optional<Lease> lease, Duration left) {
    try {
      return ready
          .send(lease.map(Lease::secret).orElse(null), left)
          .map(Objects::requireNonNull)
          .recover(this::fault);
    } catch (RuntimeException e) {
      return fault(e);
    }
  }

  private Future<ProviderReply> fault(Throwable cause) {
    logFault("a fault while sending to {}: {} at {}", cause);
    return Future.succeededFuture(
        UnknownCharge.of(
            asked, candidate, ErrorClass.TRANSIENT, "the request could not be carried out"));
  }

  private static Result result(ProviderReply reply, int keyVersion) {
    if (reply instanceof ProviderReply.Answered answered) {
      return AttemptEnd.Answered.of(answered, keyVersion);
    }
    if (reply instanceof ProviderReply.Passed passed) {
      return AttemptEnd.Answered.of(passed, keyVersion);
    }
    return reply instanceof ProviderReply.Left left
        ? new AttemptEnd.Left(left.status(), left.usage(), keyVersion)
        : new AttemptEnd.Failed((ProviderReply.Failed) reply, keyVersion);
  }

  private Future<Result> notSent(Throwable cause) {
    if (cause instanceof Failure failure) {
      return Future.succeededFuture(new AttemptEnd.NotSent(failure));
    }
    logFault("a fault before sending to {}: {} at {}", cause);
    return Future.succeededFuture(
        new AttemptEnd.NotSent(
            new Failure(Code.INTERNAL, "a fault of this server; it is in its log")));
  }

  /** Without the message: it could repeat what a provider said. */
  private void logFault(String text, Throwable cause) {
    var trace = cause.getStackTrace();
    log.error(
        text, candidate.provider(), cause.getClass().getName(), trace.length == 0 ? "?" : trace[0]);
  }

  private Future<AttemptEnd> settle(Held held, Result result) {
    long latencyMs = tools.since(startNanos).toMillis();
    if (result instanceof AttemptEnd.NotSent) {
      pass.unused();
    } else {
      pass.used();
      tell(result);
    }
    var servedModel = result instanceof AttemptEnd.Answered a ? a.servedModel() : null;
    return tools
        .settling()
        .settle(
            new UsageCalls.Settle(
                held.holdId(),
                hold,
                result.usage(),
                result.outcome(),
                result.httpStatus(),
                servedModel,
                latencyMs))
        .map(settled -> new AttemptEnd(hold.attempt(), candidate, result, settled, latencyMs));
  }

  private void tell(Result result) {
    tools
        .bus()
        .publish(
            Facts.ATTEMPT_ENDED,
            new Facts.AttemptEnded(
                candidate.provider(),
                candidate.keyId(),
                result.keyVersion(),
                result.outcome(),
                result.httpStatus(),
                result.detail(),
                tools.times().instant()));
  }
}

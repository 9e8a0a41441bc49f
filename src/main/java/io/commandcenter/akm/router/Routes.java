package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls.Decision;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.commandcenter.akm.contract.TokenCounts;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.core.routing.Operation;
import io.commandcenter.akm.core.routing.Outcome;
import io.commandcenter.akm.core.routing.Routing;
import io.commandcenter.akm.provider.ProviderReply;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;

/** Takes requests: decides, then answers with the decision or lets the attempts run. */
final class Routes {
  /** For the last settle, after the deadline. */
  private static final Duration GRACE = Duration.ofMillis(500);

  private final Tools tools;
  private final TokenRates rates;
  private final Promise<Void> drained = Promise.promise();
  private int inFlight;
  private boolean closed;

  Routes(Tools tools, TokenRates rates) {
    this.tools = tools;
    this.rates = rates;
  }

  /**
   * @param stop ends the request when its caller gives it up
   */
  Future<RouteAnswer> route(RouteRequest request, Stop stop) {
    if (stop.given()) {
      throw new Failure(Code.CANCELLED, "the request was cancelled before anything was sent");
    }
    if (closed) {
      throw new Failure(Code.UNAVAILABLE, "the server is stopping; try again shortly");
    }
    rates.take(Asked.grant(request));
    var asked =
        Asked.of(tools.ids().next("req", Tools.ID_BYTES), request, tools.settings(), tools.times());
    var outcome =
        Routing.decide(asked.query(), tools.facts().snapshot(), asked.startedAt(), tools.random());
    if (outcome instanceof Outcome.Unknown unknown) {
      throw WireDecision.failure(unknown);
    }
    if (outcome instanceof Outcome.Forbidden forbidden) {
      throw WireDecision.failure(forbidden);
    }
    var decided = (Outcome.Decided) outcome;
    var decision = new Decided(tools.ids().next("dec", Tools.ID_BYTES), asked, decided.verdict());
    Told.decided(tools, decision);
    if (request.decisionOnly()) {
      return Future.succeededFuture(decisionOnly(asked, decision.wire()));
    }
    if (decided instanceof Outcome.Refused refused) {
      throw WireDecision.failure(refused, decision.wire());
    }
    return attempt(asked, decision, stop);
  }

  private Future<RouteAnswer> attempt(Asked asked, Decided decision, Stop stop) {
    inFlight++;
    var attempts = new Attempts(tools, decision, sending(asked, stop));
    stop.then(attempts::stop);
    var work =
        attempts
            .run()
            .compose(
                end ->
                    end.last().result() instanceof AttemptEnd.Answered answered
                        ? Future.succeededFuture(answer(asked, decision.wire(), end, answered))
                        : Future.<RouteAnswer>failedFuture(attempts.cancelled()))
            .onComplete(ended -> left());
    return Within.time(
        tools.vertx(),
        asked.timeLeft(tools.times()).plus(GRACE),
        work,
        () -> Future.failedFuture(attempts.late()));
  }

  private Sending sending(Asked asked, Stop stop) {
    return asked.request().callId() == null
        ? new WholeSending(tools, asked)
        : new StoppableSending(tools, asked, stop);
  }

  private void left() {
    inFlight--;
    if (closed && inFlight == 0) {
      drained.tryComplete();
    }
  }

  /** Takes no more requests; completes when the last one has settled. */
  Future<Void> close() {
    closed = true;
    if (inFlight == 0) {
      drained.tryComplete();
    }
    return Within.time(
        tools.vertx(),
        tools.settings().deadline().plus(GRACE),
        drained.future(),
        Future::succeededFuture);
  }

  private RouteAnswer answer(
      Asked asked, Decision decision, Attempts.Finished end, AttemptEnd.Answered answered) {
    var reply = (ProviderReply.Answered) answered.reply();
    boolean embedded = asked.query().operation() == Operation.EMBEDDINGS;
    return new RouteAnswer(
        asked.requestId(),
        asked.query().operation().slug(),
        reply.text(),
        embedded ? reply.embeddings() : null,
        reply.finishReason(),
        decision,
        end.all().stream().map(AttemptEnd::wire).toList(),
        TokenCounts.of(answered.usage()),
        Usd.ofNanos(end.spentNanos()),
        tools.since(asked.startNanos()).toMillis());
  }

  private RouteAnswer decisionOnly(Asked asked, Decision decision) {
    return new RouteAnswer(
        asked.requestId(),
        decision.operation(),
        null,
        null,
        null,
        decision,
        List.of(),
        null,
        null,
        tools.since(asked.startNanos()).toMillis());
  }
}

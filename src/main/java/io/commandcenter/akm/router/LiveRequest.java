package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.core.routing.Outcome;
import io.commandcenter.akm.core.routing.Routing;
import io.commandcenter.akm.exchange.Exchange;
import io.commandcenter.akm.exchange.ExchangeRequest;
import io.commandcenter.akm.exchange.ExchangeSink;
import io.commandcenter.akm.exchange.Served;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.Downstream;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.Upstream.Live;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One live request from its decision to its last byte, on its caller's event loop. */
final class LiveRequest implements Exchange, Sending, Downstream {
  private static final Logger log = LoggerFactory.getLogger(LiveRequest.class);

  private final Tools tools;
  private final ExchangeRequest request;
  private final ExchangeSink sink;
  private final Runnable over;
  private Asked asked;
  private Decided decision;
  private LiveSending sending;
  private Flow flow;
  private Candidate candidate;
  private boolean relayed;
  private int attempts;
  private boolean begun;
  private boolean left;

  /**
   * @param over is told once, when everything is settled
   */
  LiveRequest(Tools tools, ExchangeRequest request, ExchangeSink sink, Runnable over) {
    this.tools = tools;
    this.request = request;
    this.sink = sink;
    this.over = over;
  }

  /**
   * @throws Failure if it cannot be routed
   */
  void start() {
    asked =
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
    decision = new Decided(tools.ids().next("dec", Tools.ID_BYTES), asked, decided.verdict());
    Told.decided(tools, decision);
    if (decided instanceof Outcome.Refused refused) {
      throw WireDecision.failure(refused, decision.wire());
    }
    sending = new LiveSending(request, tools.isBudgeted(asked));
    new Attempts(tools, decision, this)
        .run()
        .onComplete(
            ended -> {
              over.run();
              if (ended.succeeded()) {
                finished(ended.result());
              } else if (!left) {
                sink.fail(failure(ended.cause()));
              }
            });
  }

  void refuse(Throwable cause) {
    over.run();
    if (!left) {
      sink.fail(failure(cause));
    }
  }

  private static Failure failure(Throwable cause) {
    if (cause instanceof Failure failure) {
      return failure;
    }
    log.error("a fault while routing", cause);
    return new Failure(Code.INTERNAL, "a fault of this server; it is in its log");
  }

  private void finished(Attempts.Finished end) {
    if (left || !(end.last().result() instanceof AttemptEnd.Answered answered)) {
      return;
    }
    var reply = answered.reply();
    if (reply instanceof ProviderReply.Passed passed) {
      var served = served(passed.headers(), passed.usage(), end.spentNanos());
      if (passed.body() != null) {
        sink.relayed(served, passed.body());
        return;
      }
      if (passed.ended() != null) {
        var last = passed.ended();
        sink.event(new ChatEvent.Ended(last.stop(), last.stopText(), passed.usage()));
      }
      sink.end(served);
    } else {
      whole((ProviderReply.Answered) reply, end.spentNanos());
    }
  }

  private void whole(ProviderReply.Answered reply, long spentNanos) {
    var served = served(null, reply.usage(), spentNanos);
    if (request.format().kind() == WireFormat.Kind.EMBEDDINGS) {
      sink.embedded(served, reply.embeddings());
    } else {
      sink.answered(served, reply.answer());
    }
  }

  private Served served(MultiMap headers, TokenUsage usage, Long costNanos) {
    return new Served(
        asked.requestId(),
        decision.id(),
        candidate.provider(),
        candidate.model(),
        attempts,
        relayed,
        usage,
        costNanos,
        headers);
  }

  @Override
  public Ready ready(Endpoint endpoint, Candidate next) {
    var live = sending.to(endpoint.protocol(), next);
    return (key, timeLeft) -> {
      if (left) {
        return Future.succeededFuture(new ProviderReply.Left(0, TokenUsage.NONE));
      }
      candidate = next;
      relayed = live instanceof Live.Relay;
      attempts++;
      return tools.upstream().live(endpoint, key, live, timeLeft, this);
    };
  }

  @Override
  public boolean begun() {
    return begun;
  }

  @Override
  public boolean left() {
    return left;
  }

  @Override
  public void running(Flow flow) {
    this.flow = flow;
  }

  @Override
  public void begin(MultiMap headers) {
    begun = true;
    if (!left) {
      sink.begin(served(headers, null, null));
    }
  }

  @Override
  public void bytes(Buffer bytes) {
    if (!left) {
      sink.bytes(bytes);
    }
  }

  @Override
  public void event(ChatEvent event) {
    if (!left) {
      sink.event(event);
    }
  }

  @Override
  public void cancel() {
    left = true;
    if (flow != null) {
      flow.cancel();
    }
  }

  @Override
  public void pause() {
    if (flow != null) {
      flow.pause();
    }
  }

  @Override
  public void resume() {
    if (flow != null) {
      flow.resume();
    }
  }
}

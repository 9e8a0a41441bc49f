package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.exchange.Exchange;
import io.commandcenter.akm.exchange.ExchangeRequest;
import io.commandcenter.akm.exchange.ExchangeSink;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Takes live requests, from any event loop. */
final class Exchanges {
  /** The listener has drained before: this is only for the last settles. */
  private static final Duration LAST_SETTLES = Duration.ofSeconds(5);

  private final Tools tools;
  private final TokenRates rates;
  private final Supplier<Future<Void>> caughtUp;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Promise<Void> drained = Promise.promise();
  private volatile boolean closed;

  /**
   * @param caughtUp completes when every change of a key that was heard of is known
   */
  Exchanges(Tools tools, TokenRates rates, Supplier<Future<Void>> caughtUp) {
    this.tools = tools;
    this.rates = rates;
    this.caughtUp = caughtUp;
  }

  Exchange open(ExchangeRequest request, ExchangeSink sink) {
    inFlight.incrementAndGet();
    var live = new LiveRequest(tools, request, sink, this::left);
    var known = caughtUp.get();
    if (known.isComplete()) {
      start(live, request);
    } else {
      var context = tools.vertx().getOrCreateContext();
      known.onComplete(done -> context.runOnContext(back -> start(live, request)));
    }
    return live;
  }

  private void start(LiveRequest live, ExchangeRequest request) {
    try {
      if (closed) {
        throw new Failure(Code.UNAVAILABLE, "the server is stopping; try again shortly");
      }
      rates.take(Asked.grant(request.terms()));
      live.start();
    } catch (RuntimeException refused) {
      live.refuse(refused);
    }
  }

  private void left() {
    if (inFlight.decrementAndGet() == 0 && closed) {
      drained.tryComplete();
    }
  }

  /** Takes no more requests; completes when the last one has settled. */
  Future<Void> close() {
    closed = true;
    if (inFlight.get() == 0) {
      drained.tryComplete();
    }
    return Within.time(tools.vertx(), LAST_SETTLES, drained.future(), Future::succeededFuture);
  }
}

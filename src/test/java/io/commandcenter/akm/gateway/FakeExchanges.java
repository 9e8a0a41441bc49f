package io.commandcenter.akm.gateway;

import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.exchange.Exchange;
import io.commandcenter.akm.exchange.ExchangeRequest;
import io.commandcenter.akm.exchange.ExchangeSink;
import io.commandcenter.akm.exchange.Exchanging;
import io.commandcenter.akm.exchange.Served;
import io.vertx.core.MultiMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Answers live requests as a test says, and notes what was asked. */
final class FakeExchanges implements Exchanging {
  static final TokenUsage USAGE = new TokenUsage(12, 2, 0, 0, 5, 0, false);

  volatile ExchangeRequest asked;
  volatile ExchangeSink sink;
  volatile BiConsumer<ExchangeRequest, ExchangeSink> script = (request, sink) -> {};
  final AtomicInteger cancelled = new AtomicInteger();
  final AtomicInteger paused = new AtomicInteger();
  final AtomicInteger resumed = new AtomicInteger();

  @Override
  public Exchange open(ExchangeRequest request, ExchangeSink sink) {
    asked = request;
    this.sink = sink;
    script.accept(request, sink);
    return new Exchange() {
      @Override
      public void cancel() {
        cancelled.incrementAndGet();
      }

      @Override
      public void pause() {
        paused.incrementAndGet();
      }

      @Override
      public void resume() {
        resumed.incrementAndGet();
      }
    };
  }

  static Served served(boolean relayed, boolean done) {
    var headers =
        MultiMap.caseInsensitiveMultiMap()
            .set("x-ratelimit-remaining-requests", "7")
            .set("set-cookie", "a=b");
    return new Served(
        "req_1",
        "dec_1",
        "anthropic",
        "claude-x",
        2,
        relayed,
        done ? USAGE : null,
        done ? 12_500_000L : null,
        headers);
  }
}

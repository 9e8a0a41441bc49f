package io.commandcenter.akm.router;

import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.Downstream;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.Upstream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Answers as a test says, and notes what was sent. */
final class ScriptedUpstream implements Upstream {
  /** What a test answers with. */
  @FunctionalInterface
  interface Script {
    Future<ProviderReply> reply(Sent sent);
  }

  record Sent(
      String provider, Secret key, ProviderRequest request, Duration timeLeft, Thread thread) {}

  /** What a call that was broken off has used. */
  static final TokenUsage LEFT = TokenUsage.of(7, 0);

  final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
  volatile Script script = sent -> ok();

  @Override
  public Future<ProviderReply> send(
      Endpoint endpoint, Secret key, ProviderRequest request, Duration timeLeft) {
    var one = new Sent(endpoint.provider(), key, request, timeLeft, Thread.currentThread());
    sent.add(one);
    return script.reply(one);
  }

  @Override
  public Future<ProviderReply> live(
      Endpoint endpoint, Secret key, Live request, Duration timeLeft, Downstream down) {
    if (!(request instanceof Live.Translated whole)) {
      throw new UnsupportedOperationException("these tests ask for whole answers");
    }
    Promise<ProviderReply> reply = Promise.promise();
    down.running(new Breakable(() -> reply.tryComplete(new ProviderReply.Left(0, LEFT))));
    send(endpoint, key, whole.request(), timeLeft).onSuccess(reply::tryComplete);
    return reply.future();
  }

  private record Breakable(Runnable broken) implements Downstream.Flow {
    @Override
    public void pause() {
      throw new UnsupportedOperationException("a whole answer is not held up");
    }

    @Override
    public void resume() {
      throw new UnsupportedOperationException("a whole answer is not held up");
    }

    @Override
    public void cancel() {
      broken.run();
    }
  }

  @Override
  public Future<KeyVerdict> check(Endpoint endpoint, Secret key, Duration timeLeft) {
    throw new UnsupportedOperationException("the router probes nothing");
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  List<String> providers() {
    return sent.stream().map(Sent::provider).toList();
  }

  /** Fails for this provider, answers for every other. */
  void failing(String provider, ErrorClass error) {
    script = sent -> sent.provider().equals(provider) ? fail(error) : ok();
  }

  static Future<ProviderReply> ok() {
    return Future.succeededFuture(
        new ProviderReply.Answered(
            200, "hello", List.of(), "stop", TokenUsage.of(10, 5), "served-model"));
  }

  static Future<ProviderReply> fail(ErrorClass error) {
    return fail(error, null, null);
  }

  static Future<ProviderReply> fail(ErrorClass error, Duration retryAfter, Instant parkedUntil) {
    return Future.succeededFuture(
        new ProviderReply.Failed(
            500, error, "it failed", retryAfter, parkedUntil, TokenUsage.NONE));
  }
}

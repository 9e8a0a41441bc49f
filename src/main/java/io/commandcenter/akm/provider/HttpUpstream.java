package io.commandcenter.akm.provider;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.Exchange.Answer;
import io.commandcenter.akm.provider.Exchange.End;
import io.commandcenter.akm.provider.Protocol.HttpCall;
import io.commandcenter.akm.provider.ProviderReply.Failed;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends to providers over HTTP: checked addresses only, no redirects, one deadline over everything,
 * bounded answers.
 */
public final class HttpUpstream implements Upstream {
  private static final Logger log = LoggerFactory.getLogger(HttpUpstream.class);

  private final Vertx vertx;
  private final ServerConfig.Router settings;
  private final Connections connections;
  private final Clock clock;
  private final LiveCalls lives;

  /**
   * @param allowedPrivateHosts {@code host:port} of providers that may be loopback or private
   */
  public HttpUpstream(
      Vertx vertx, ServerConfig.Router settings, Set<String> allowedPrivateHosts, Clock clock) {
    this(
        vertx,
        settings,
        allowedPrivateHosts,
        clock,
        // The JDK's look-up blocks, so it runs on a worker; it honours the machine's hosts file.
        host -> vertx.executeBlocking(() -> List.of(InetAddress.getAllByName(host)), false));
  }

  HttpUpstream(
      Vertx vertx,
      ServerConfig.Router settings,
      Set<String> allowedPrivateHosts,
      Clock clock,
      Function<String, Future<List<InetAddress>>> resolver) {
    this.vertx = vertx;
    this.settings = settings;
    this.clock = clock;
    var addresses = new CheckedAddresses(resolver, allowedPrivateHosts, clock);
    connections =
        new Connections(
            vertx, settings.connectTimeout(), addresses, Connections.CONNECTIONS_PER_HOST);
    lives = new LiveCalls(vertx, settings, addresses, clock);
  }

  @Override
  public Future<ProviderReply> send(
      Endpoint endpoint, Secret key, ProviderRequest request, Duration timeLeft) {
    var protocol = endpoint.protocol();
    return call(
        endpoint,
        key,
        timeLeft,
        () -> protocol.encode(request),
        (answer, now) ->
            protocol.decode(request, answer.status(), answer.headers(), answer.body(), now),
        failed -> failed,
        () -> TokenEstimate.of(request, null));
  }

  @Override
  public Future<KeyVerdict> check(Endpoint endpoint, Secret key, Duration timeLeft) {
    var protocol = endpoint.protocol();
    return call(
        endpoint,
        key,
        timeLeft,
        protocol::encodeKeyCheck,
        (answer, now) ->
            protocol.decodeKeyCheck(answer.status(), answer.headers(), answer.body(), now),
        KeyVerdicts::ofFailure,
        () -> TokenUsage.NONE);
  }

  private <T> Future<T> call(
      Endpoint endpoint,
      Secret key,
      Duration timeLeft,
      Supplier<HttpCall> encoder,
      BiFunction<Answer, Instant, T> decoder,
      Function<Failed, T> failure,
      Supplier<TokenUsage> ifCharged) {
    if (timeLeft.isNegative() || timeLeft.isZero()) {
      return Future.succeededFuture(failure.apply(timeout()));
    }
    HttpCall call;
    try {
      call = encoder.get();
    } catch (Failure e) {
      return Future.succeededFuture(failure.apply(refused(ErrorClass.BAD_REQUEST, e)));
    }
    try {
      authorize(endpoint.protocol(), call.headers(), key);
    } catch (Failure e) {
      var errorClass = e.code() == Code.UNAVAILABLE ? ErrorClass.TRANSIENT : ErrorClass.KEY_INVALID;
      return Future.succeededFuture(failure.apply(refused(errorClass, e)));
    }
    return exchange(endpoint, call, timeLeft)
        .map(end -> result(end, decoder, failure, ifCharged))
        .otherwise(bug -> failure.apply(logged(bug, endpoint)));
  }

  @Override
  public Future<ProviderReply> live(
      Endpoint endpoint, Secret key, Live request, Duration timeLeft, Downstream down) {
    return lives.call(endpoint, key, request, timeLeft, down);
  }

  static void authorize(Protocol protocol, MultiMap headers, Secret key) {
    headers.set("user-agent", "akm").set("accept", "application/json");
    if (key != null) {
      protocol.authorize(headers, key);
    }
  }

  private Future<End> exchange(Endpoint endpoint, HttpCall call, Duration timeLeft) {
    if (call.body() != null) {
      call.headers().set("content-type", "application/json");
    }
    var limits =
        new Exchange.Limits(timeLeft, settings.firstByteTimeout(), settings.maxAnswerBytes());
    Supplier<Future<End>> run =
        () ->
            new Exchange(vertx, limits)
                .run(connections.open(endpoint.base(), call, timeLeft), call.body());
    return Vertx.currentContext() == null ? onContext(run) : caught(run);
  }

  /** Off a context the answer's bytes could come before their handler is set, and be lost. */
  private Future<End> onContext(Supplier<Future<End>> run) {
    Promise<End> end = Promise.promise();
    vertx.runOnContext(v -> caught(run).onComplete(end));
    return end.future();
  }

  /** A throw becomes a failed future, or the caller would wait for ever. */
  private static Future<End> caught(Supplier<Future<End>> run) {
    return Future.succeededFuture().compose(v -> run.get());
  }

  private <T> T result(
      End end,
      BiFunction<Answer, Instant, T> decoder,
      Function<Failed, T> failure,
      Supplier<TokenUsage> ifCharged) {
    if (end instanceof Answer answer) {
      return decoder.apply(answer, clock.instant());
    }
    var broken = (Exchange.Broken) end;
    var failed = BrokenReplies.of(broken);
    return failure.apply(broken.mayBeCharged() ? failed.charged(ifCharged.get()) : failed);
  }

  static Failed timeout() {
    return FailedReplies.without(0, ErrorClass.TIMEOUT);
  }

  static Failed refused(ErrorClass errorClass, Failure cause) {
    return FailedReplies.without(0, errorClass, cause.detail());
  }

  /** Without the message: it could repeat what a provider said. */
  static Failed logged(Throwable bug, Endpoint endpoint) {
    log.error(
        "an answer of {} was not handled: {} at {}",
        endpoint.provider(),
        bug.getClass().getName(),
        bug.getStackTrace().length > 0 ? bug.getStackTrace()[0] : "?");
    return FailedReplies.badAnswer(0);
  }

  @Override
  public Future<Void> close() {
    return Future.join(connections.close(), lives.close()).mapEmpty();
  }
}

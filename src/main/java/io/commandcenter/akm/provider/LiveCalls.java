package io.commandcenter.akm.provider;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.exchange.WireFormat;
import io.commandcenter.akm.provider.Protocol.HttpCall;
import io.commandcenter.akm.provider.ProviderReply.Passed;
import io.commandcenter.akm.provider.Upstream.Live;
import io.commandcenter.akm.provider.relay.Passage;
import io.commandcenter.akm.provider.relay.RelayRequest;
import io.commandcenter.akm.provider.relay.StreamErrors;
import io.commandcenter.akm.provider.relay.WholeAnswer;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Live calls, each on its caller's event loop and over connections of that loop. */
final class LiveCalls {
  private static final int BYTES_PER_TOKEN = 3;

  private record Loop(Connections connections, Watch watch) {}

  private final Vertx vertx;
  private final ServerConfig.Router settings;
  private final CheckedAddresses addresses;
  private final Clock clock;
  private final Map<Thread, Loop> loops = new ConcurrentHashMap<>();

  LiveCalls(Vertx vertx, ServerConfig.Router settings, CheckedAddresses addresses, Clock clock) {
    this.vertx = vertx;
    this.settings = settings;
    this.addresses = addresses;
    this.clock = clock;
  }

  Future<ProviderReply> call(
      Endpoint endpoint, Secret key, Live request, Duration timeLeft, Downstream down) {
    if (timeLeft.isNegative() || timeLeft.isZero()) {
      return Future.succeededFuture(HttpUpstream.timeout());
    }
    var protocol = endpoint.protocol();
    var call = request.call();
    try {
      HttpUpstream.authorize(protocol, call.headers(), key);
    } catch (Failure e) {
      var why = e.code() == Code.UNAVAILABLE ? ErrorClass.TRANSIENT : ErrorClass.KEY_INVALID;
      return Future.succeededFuture(HttpUpstream.refused(why, e));
    }
    call.headers().set("content-type", "application/json");
    return run(endpoint, call, receiver(protocol, request, down), timeLeft, down);
  }

  private Future<ProviderReply> run(
      Endpoint endpoint, HttpCall call, Receiver receiver, Duration timeLeft, Downstream down) {
    var loop = loops.computeIfAbsent(Thread.currentThread(), thread -> newLoop());
    var limits =
        new LiveCall.Limits(
            System.nanoTime() + timeLeft.toNanos(),
            settings.firstByteTimeout().toNanos(),
            settings.silence().toNanos());
    var live = new LiveCall(loop.watch(), limits, receiver);
    down.running(live);
    return live.run(loop.connections().open(endpoint.base(), call, timeLeft), call.body());
  }

  private Loop newLoop() {
    return new Loop(
        new Connections(vertx, settings.connectTimeout(), addresses, settings.maxInFlight()),
        new Watch(vertx));
  }

  private Receiver receiver(Protocol protocol, Live request, Downstream down) {
    if (request instanceof Live.Relay relay) {
      return relayed(protocol, relay.request(), down);
    }
    var translated = ((Live.Translated) request).request();
    var whole =
        new WholeReceiver(
            settings.maxAnswerBytes(),
            (status, headers, body) ->
                protocol.decode(translated, status, headers, body, clock.instant()),
            () -> TokenEstimate.of(translated, null));
    return translated instanceof ProviderRequest.Chat chat && chat.stream()
        ? new StreamedReceiver(
            new ReaderReceiver(
                protocol.reader(chat, clock.instant()), down, TokenEstimate.of(chat, null)),
            whole)
        : whole;
  }

  private Receiver relayed(Protocol protocol, RelayRequest request, Downstream down) {
    boolean beside = protocol.countsReasoningBeside();
    long input = request.scan().inputTokens() / BYTES_PER_TOKEN;
    var whole =
        new WholeReceiver(
            settings.maxAnswerBytes(),
            (status, headers, body) ->
                relayed(request.format(), beside, status, headers, body, input),
            () -> new TokenUsage(input, 0, 0, 0, 0, 0, true));
    return request.streaming()
        ? new StreamedReceiver(
            new PassageReceiver(
                Passage.of(request.format(), !request.scan().includeUsage(), beside),
                down,
                clock,
                input),
            whole)
        : whole;
  }

  private ProviderReply relayed(
      WireFormat format, boolean beside, int status, MultiMap headers, Buffer body, long input) {
    if (status / 100 != 2) {
      return FailedReplies.of(status, headers, body, clock.instant());
    }
    var answer = WholeAnswer.of(format, body, beside);
    if (!answer.readable()) {
      return FailedReplies.badAnswer(status);
    }
    if (answer.error() != null) {
      return StreamErrors.of(answer.error(), headers, clock.instant());
    }
    var usage =
        answer
            .usage()
            .orElseGet(
                () -> new TokenUsage(input, 0, 0, 0, body.length() / BYTES_PER_TOKEN, 0, true));
    return new Passed(status, body, headers, null, usage, answer.servedModel());
  }

  Future<Void> close() {
    return Future.join(loops.values().stream().map(loop -> loop.connections().close()).toList())
        .mapEmpty();
  }
}

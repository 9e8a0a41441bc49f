package io.commandcenter.akm.gateway;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.exchange.BodyScan;
import io.commandcenter.akm.exchange.ExchangeRequest;
import io.commandcenter.akm.exchange.Exchanging;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.RequestBody;
import io.commandcenter.akm.http.StrictJson;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Takes a caller's request in and opens an exchange for it. */
final class Reception {
  private static final String JSON = "application/json";

  /** What of the caller's headers a provider of the same dialect may see. */
  private static final List<String> PASSED =
      List.of("anthropic-version", "anthropic-beta", "openai-beta");

  private final Vertx vertx;
  private final Exchanging exchanging;
  private final ServerConfig config;
  private final BodyScanner scanner;
  private final StrictJson json;
  private final Clock clock;

  Reception(Vertx vertx, Exchanging exchanging, ServerConfig config, Clock clock) {
    this.vertx = vertx;
    this.exchanging = exchanging;
    this.config = config;
    this.clock = clock;
    var http = config.http();
    scanner = new BodyScanner(http.maxJsonDepth(), http.maxGatewayBodyBytes());
    json = new StrictJson(http.maxJsonDepth());
  }

  void receive(RoutingContext rc, Desk desk) {
    if (!desk.anyType()) {
      RequestBody.requireType(rc, JSON);
    }
    RequestBody.read(rc, config.http().maxGatewayBodyBytes())
        .onSuccess(body -> open(rc, desk, body))
        .onFailure(rc::fail);
  }

  private void open(RoutingContext rc, Desk desk, Buffer body) {
    try {
      var scan = scanner.scan(body, desk.format());
      var target = desk.addressing().of(rc, scan);
      var fields = once(() -> Fields.of(json.object(body)));
      var caller = new Caller(vertx, rc, desk, target, fields, config.router(), clock);
      caller.opened(exchanging.open(request(rc, desk, target, body, scan, fields), caller));
    } catch (RuntimeException refused) {
      rc.fail(refused);
    }
  }

  private static ExchangeRequest request(
      RoutingContext rc,
      Desk desk,
      Target target,
      Buffer body,
      BodyScan scan,
      Supplier<Fields> fields) {
    var headers = rc.request().headers();
    return new ExchangeRequest(
        desk.format(),
        body,
        scan,
        target.streaming(),
        chat(desk, fields),
        desk.embed() == null ? null : read(fields, desk.embed()::request),
        passed(headers),
        Terms.of(target, desk.format(), headers, Gate.principal(rc)));
  }

  private static Supplier<ChatRequest> chat(Desk desk, Supplier<Fields> fields) {
    if (desk.chat() != null) {
      return read(fields, desk.chat()::request);
    }
    return desk.count() == null ? null : read(fields, desk.count()::request);
  }

  private static <T> Supplier<T> read(Supplier<Fields> fields, Function<Fields, T> reader) {
    return once(() -> reader.apply(fields.get()));
  }

  private static MultiMap passed(MultiMap headers) {
    var passed = MultiMap.caseInsensitiveMultiMap();
    for (var name : PASSED) {
      var value = headers.get(name);
      if (value != null) {
        passed.set(name, value);
      }
    }
    return passed;
  }

  /** Asked for at most once, and only where it is needed: most bodies pass unread. */
  private static <T> Supplier<T> once(Supplier<T> reader) {
    return new Supplier<>() {
      private T value;

      @Override
      public T get() {
        if (value == null) {
          value = reader.get();
        }
        return value;
      }
    };
  }
}

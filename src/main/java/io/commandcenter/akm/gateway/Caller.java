package io.commandcenter.akm.gateway;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.ChatEvent;
import io.commandcenter.akm.exchange.Exchange;
import io.commandcenter.akm.exchange.ExchangeSink;
import io.commandcenter.akm.exchange.Served;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.StreamWriter;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;

/** The caller's end of one exchange: writes what comes, holds it up while the caller is slow. */
final class Caller implements ExchangeSink {
  private static final String JSON = "application/json";
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final RoutingContext rc;
  private final HttpServerResponse response;
  private final Desk desk;
  private final Target target;
  private final Supplier<Fields> body;
  private final ServerConfig.Router settings;
  private final Clock clock;
  private Exchange exchange;
  private Streaming streaming;
  private boolean over;
  private long stalled = NO_TIMER;

  Caller(
      Vertx vertx,
      RoutingContext rc,
      Desk desk,
      Target target,
      Supplier<Fields> body,
      ServerConfig.Router settings,
      Clock clock) {
    this.vertx = vertx;
    this.rc = rc;
    this.desk = desk;
    this.target = target;
    this.body = body;
    this.settings = settings;
    this.clock = clock;
    response = rc.response();
  }

  /** The exchange may have told something, or ended, before this. */
  void opened(Exchange exchange) {
    this.exchange = exchange;
    if (!over) {
      response.closeHandler(closed -> left());
      response.exceptionHandler(broken -> left());
      if (stalled != NO_TIMER) {
        exchange.pause();
      }
    }
  }

  private void left() {
    if (!over) {
      finish();
      exchange.cancel();
    }
  }

  private void finish() {
    over = true;
    vertx.cancelTimer(stalled);
  }

  private Given given(Served by) {
    return new Given(by, target.model(), body, clock.instant());
  }

  @Override
  public void relayed(Served by, Buffer bytes) {
    whole(by, bytes);
  }

  @Override
  public void answered(Served by, ChatAnswer answer) {
    write(() -> desk.chat().answer(answer, given(by)), by);
  }

  @Override
  public void embedded(Served by, List<List<Double>> vectors) {
    write(() -> desk.embed().answer(vectors, given(by)), by);
  }

  private void write(Supplier<Buffer> written, Served by) {
    Buffer bytes;
    try {
      bytes = written.get();
    } catch (RuntimeException fault) {
      over = true;
      rc.fail(fault);
      return;
    }
    whole(by, bytes);
  }

  private void whole(Served by, Buffer bytes) {
    finish();
    if (response.closed()) {
      return;
    }
    ServedHeaders.set(response, by);
    response.putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(bytes);
  }

  @Override
  public void begin(Served by) {
    streaming =
        by.relayed()
            ? Streaming.passing(desk.format(), target.asArray(), () -> writer(by))
            : Streaming.written(writer(by));
    ServedHeaders.set(response, by);
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, streaming.contentType())
        // A proxy in front must not gather a stream before it passes it on.
        .putHeader("X-Accel-Buffering", "no");
  }

  private StreamWriter writer(Served by) {
    return target.asArray() ? desk.chat().arrayWriter(given(by)) : desk.chat().writer(given(by));
  }

  @Override
  public void bytes(Buffer bytes) {
    send(streaming.bytes(bytes));
  }

  @Override
  public void event(ChatEvent event) {
    send(streaming.event(event));
  }

  private void send(Buffer bytes) {
    if (bytes == null || over) {
      return;
    }
    response.write(bytes);
    if (response.writeQueueFull() && stalled == NO_TIMER) {
      if (exchange != null) {
        exchange.pause();
      }
      stalled = vertx.setTimer(settings.stalledReader().toMillis(), late -> cutOff());
      response.drainHandler(drained -> goOn());
    }
  }

  private void goOn() {
    vertx.cancelTimer(stalled);
    stalled = NO_TIMER;
    if (!over && exchange != null) {
      exchange.resume();
    }
  }

  /** Who reads nothing for so long holds memory and an upstream stream for nothing. */
  private void cutOff() {
    if (!over) {
      finish();
      exchange.cancel();
      closeNow(rc.request().connection());
    }
  }

  /** An ordinary close waits until what is written has been read, and that is what fails here. */
  private static void closeNow(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      base.channel().close();
    } else {
      connection.close();
    }
  }

  @Override
  public void end(Served by) {
    if (over) {
      return;
    }
    finish();
    var last = streaming.end();
    if (last == null) {
      response.end();
    } else {
      response.end(last);
    }
  }

  @Override
  public void fail(Failure failure) {
    if (over) {
      return;
    }
    finish();
    if (desk.count() != null && failure.context().containsKey(Failure.UNCOUNTED)) {
      guess();
    } else if (streaming == null) {
      rc.fail(failure);
    } else {
      var last = streaming.broken(failure);
      response.end(last == null ? Buffer.buffer() : last);
    }
  }

  /** No provider that may be asked counts: an estimate is of more use than an error. */
  private void guess() {
    try {
      var tokens = TokenGuess.of(desk.count().request(body.get()));
      response
          .putHeader("x-akm-estimated", "true")
          .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
          .end(desk.count().answer(tokens));
    } catch (RuntimeException refused) {
      rc.fail(refused);
    }
  }
}

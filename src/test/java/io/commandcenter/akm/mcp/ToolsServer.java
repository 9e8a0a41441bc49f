package io.commandcenter.akm.mcp;

import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.commandcenter.akm.mcp.transport.ToolsOnly;
import io.commandcenter.akm.mcp.transport.TransportSettings;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The transport on a listener of its own, with the tools that a test gives it. */
final class ToolsServer implements AutoCloseable {
  final Vertx vertx = Vertx.vertx();
  final StreamableHttp transport;
  final URI uri;

  ToolsServer(ToolsOnly tools, TransportSettings settings) throws TimeoutException {
    transport =
        tools.transport(vertx, settings, ToolsServer::caller, System::nanoTime, Clock.systemUTC());
    var router = Router.router(vertx);
    router.route().handler(transport::guard);
    router
        .route()
        .handler(
            rc -> rc.request().body().onSuccess(body -> transport.handle(rc, body.toString())));
    var listening =
        vertx
            // So that a reader that stops reading is noticed after little.
            .createHttpServer(new HttpServerOptions().setSendBufferSize(4096))
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    uri = URI.create("http://127.0.0.1:" + listening.actualPort() + "/mcp");
  }

  /** Whoever the token names. */
  private static Caller caller(RoutingContext rc) {
    var token = rc.request().getHeader(HttpHeaders.AUTHORIZATION);
    return new Caller(token, token);
  }

  /**
   * @param atOnce requests and listeners of one caller
   * @param upgrade after which an answer becomes a stream
   */
  static TransportSettings settings(int atOnce, Duration upgrade, Duration stall) {
    var minute = Duration.ofMinutes(1);
    return new TransportSettings(
        atOnce + 1,
        atOnce,
        atOnce,
        atOnce,
        4,
        minute,
        minute,
        Duration.ofMillis(50),
        upgrade,
        stall,
        Duration.ofMillis(500),
        Duration.ofMillis(200),
        minute,
        2,
        64,
        1 << 20);
  }

  StatelessMcp client(String who) {
    return new StatelessMcp(vertx, uri, who);
  }

  @Override
  public void close() throws TimeoutException {
    transport.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }
}

package io.commandcenter.akm.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.commandcenter.akm.mcp.transport.TransportSettings;
import io.commandcenter.akm.mcp.transport.Wiring;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.jackson.VertxModule;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * This product's transport with the echo behind it, without authentication, as the servlet has none
 * either.
 *
 * <p>Argument: the port.
 */
public final class McpVertx {
  private static final int MANY = 10_000;
  private static final int COUNTERS = 1_000;

  private final Vertx vertx;
  private final StreamableHttp transport;

  McpVertx(Vertx vertx, Duration heartbeat, Duration upgradeToSse) {
    this.vertx = vertx;
    var mapper =
        new JacksonMcpJsonMapper(JsonMapper.builder().addModule(new VertxModule()).build());
    var features = new McpFeatures(new AtomicLongArray(COUNTERS), this::changed);
    transport =
        new StreamableHttp(
            Wiring.of(
                vertx,
                mapper,
                settings(heartbeat, upgradeToSse),
                features,
                rc -> new Caller("bench", "bench"),
                System::nanoTime,
                Clock.systemUTC(),
                new SecureRandom()));
  }

  public static void main(String[] arguments) {
    McpEcho.beQuiet();
    new McpVertx(Vertx.vertx(), Duration.ofSeconds(15), Duration.ofMillis(400))
        .listen(Integer.parseInt(arguments[0]))
        .await();
  }

  /**
   * @param port 0 for any
   */
  Future<HttpServer> listen(int port) {
    var router = Router.router(vertx);
    router
        .route("/mcp")
        .handler(transport::guard)
        .handler(
            rc ->
                rc.request()
                    .body()
                    .onSuccess(body -> transport.handle(rc, body.toString(StandardCharsets.UTF_8)))
                    .onFailure(rc::fail));
    return vertx
        .createHttpServer(new HttpServerOptions().setAcceptBacklog(4096).setTcpNoDelay(true))
        .requestHandler(router)
        .listen(port, "127.0.0.1");
  }

  StreamableHttp transport() {
    return transport;
  }

  private void changed(String uri) {
    transport.updated(uri);
  }

  /** The product's defaults, but for the numbers of sessions and requests. */
  private static TransportSettings settings(Duration heartbeat, Duration upgradeToSse) {
    return new TransportSettings(
        MANY,
        MANY,
        MANY,
        MANY,
        64,
        Duration.ofMinutes(30),
        Duration.ofMinutes(2),
        heartbeat,
        upgradeToSse,
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(25),
        Duration.ofMinutes(10),
        16,
        256,
        1 << 20);
  }
}

package io.commandcenter.akm.mcp.conformance;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.http.Listener;
import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.commandcenter.akm.mcp.transport.TransportSettings;
import io.commandcenter.akm.mcp.transport.Wiring;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.commandcenter.akm.testkit.Configs;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.VertxModule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * The fixture on the listener and the transport of production, on a free port, for everybody who
 * can reach it: {@code .ci/conformance} starts it and reads its URL from the first line.
 */
public final class ConformanceServer {
  private static final Caller EVERYBODY = new Caller("everybody", "everybody");

  private StreamableHttp transport;

  private ConformanceServer() {}

  public static void main(String[] arguments) {
    start(Vertx.vertx())
        .onSuccess(System.out::println)
        .onFailure(
            cause -> {
              cause.printStackTrace();
              System.exit(1);
            });
  }

  /** The URL of its MCP endpoint. */
  static Future<String> start(Vertx vertx) {
    var server = new ConformanceServer();
    server.transport = new StreamableHttp(wiring(vertx, server.changes()));
    var publicUrl = new PublicUrl();
    var config = Configs.server(new JsonObject().put("port", 0));
    var surface = new OpenSurface(server.transport, config.http().maxGatewayBodyBytes());
    return new Listener(new Bus(vertx), config, publicUrl, List.of(surface))
        .deploy(vertx)
        .map(id -> publicUrl.base().resolve("/mcp").toString());
  }

  private Changes changes() {
    return new Changes() {
      @Override
      public void listChanged(String list) {
        transport.changed(list);
      }

      @Override
      public void updated(String uri) {
        transport.updated(uri);
      }
    };
  }

  private static Wiring wiring(Vertx vertx, Changes changes) {
    var features = new ConformanceFeatures(vertx, changes);
    var mapper =
        new JacksonMcpJsonMapper(JsonMapper.builder().addModule(new VertxModule()).build());
    return Wiring.of(
        vertx,
        mapper,
        settings(),
        features,
        rc -> EVERYBODY,
        System::nanoTime,
        Clock.systemUTC(),
        new SecureRandom());
  }

  /** The shipped limits, but as many sessions as a run of the suite opens without closing them. */
  private static TransportSettings settings() {
    return new TransportSettings(
        1000,
        1000,
        32,
        256,
        256,
        Duration.ofMinutes(30),
        Duration.ofMinutes(2),
        Duration.ofSeconds(15),
        Duration.ofMillis(400),
        Duration.ofSeconds(10),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofMinutes(1),
        16,
        256,
        1 << 20);
  }
}

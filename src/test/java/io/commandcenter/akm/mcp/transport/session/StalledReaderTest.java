package io.commandcenter.akm.mcp.transport.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.commandcenter.akm.mcp.transport.ToolsOnly;
import io.commandcenter.akm.mcp.transport.TransportSettings;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that asks for much and reads nothing. */
class StalledReaderTest {
  private static final int EVENTS = 400;
  private static final String CHUNK = "x".repeat(65_536);

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong clock = new AtomicLong();
  private final Promise<Void> flooded = Promise.promise();
  private StreamableHttp transport;
  private HttpClient http;
  private int port;
  private String session;

  @BeforeEach
  void start() throws Exception {
    transport =
        new ToolsOnly()
            .with("flood", this::flood)
            .transport(
                vertx, settings(), rc -> new Caller("me", "me"), clock::get, Clock.systemUTC());
    var router = Router.router(vertx);
    router.route().handler(transport::guard);
    router
        .route()
        .handler(
            rc -> rc.request().body().onSuccess(body -> transport.handle(rc, body.toString())));
    port =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS)
            .actualPort();
    http = vertx.createHttpClient();
    session =
        send(
                HttpMethod.POST,
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":"
                    + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}}",
                null,
                response -> Future.succeededFuture(response.getHeader("Mcp-Session-Id")))
            .await(10, TimeUnit.SECONDS);
  }

  private static TransportSettings settings() {
    var minute = Duration.ofMinutes(1);
    return new TransportSettings(
        9,
        9,
        9,
        9,
        9,
        minute,
        minute,
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofMillis(200),
        minute,
        2,
        64,
        1 << 20);
  }

  private Future<Round<CallToolResult>> flood(Call call) {
    Future<Void> sent = Future.succeededFuture();
    for (int i = 0; i < EVENTS; i++) {
      sent = sent.compose(v -> call.log(LoggingLevel.ERROR, CHUNK));
    }
    return sent.onSuccess(v -> flooded.tryComplete()).compose(v -> ToolsOnly.done("flooded"));
  }

  private <T> Future<T> send(
      HttpMethod method,
      String body,
      String lastEventId,
      Function<HttpClientResponse, Future<T>> reader) {
    return http.request(method, port, "127.0.0.1", "/")
        .compose(
            request -> {
              request.putHeader("Accept", "application/json, text/event-stream");
              request.putHeader("Content-Type", "application/json");
              if (session != null) {
                request.putHeader("Mcp-Session-Id", session);
              }
              if (lastEventId != null) {
                request.putHeader("Last-Event-ID", lastEventId);
              }
              return (body == null ? request.send() : request.send(Buffer.buffer(body)))
                  .compose(reader);
            });
  }

  @AfterEach
  void stop() throws Exception {
    transport.close().await(10, TimeUnit.SECONDS);
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Test
  void isDroppedAndMayResume() throws Exception {
    var id = Promise.<String>promise();
    send(
        HttpMethod.POST,
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"flood\"}}",
        null,
        response -> {
          response.handler(
              first -> {
                if (id.tryComplete(first.toString().lines().findFirst().orElse(""))) {
                  response.pause();
                }
              });
          return Future.succeededFuture();
        });
    var first = id.future().await(10, TimeUnit.SECONDS).replace("id: ", "");
    // It ends only when the sender is no longer held back by the connection.
    flooded.future().await(10, TimeUnit.SECONDS);
    var rest =
        send(HttpMethod.GET, null, first, HttpClientResponse::body)
            .await(10, TimeUnit.SECONDS)
            .toString();
    assertTrue(rest.contains("flooded"));
    // Only the latest events were kept: 1 MB of 26.
    assertTrue(rest.length() < 2 << 20, "replayed " + rest.length());
  }

  @Test
  void losesItsSessionWhenItStaysAway() throws Exception {
    assertEquals(1, transport.sessionCount());
    clock.addAndGet(Duration.ofMinutes(2).toNanos());
    var swept = Promise.<Void>promise();
    vertx.setPeriodic(
        10,
        timer -> {
          if (transport.sessionCount() == 0) {
            swept.tryComplete();
          }
        });
    swept.future().await(10, TimeUnit.SECONDS);
    assertEquals(0, transport.sessionCount());
  }
}

package io.commandcenter.akm.mcp;

import static io.commandcenter.akm.mcp.McpServerFixture.bearer;
import static io.commandcenter.akm.mcp.RawMcp.call;
import static io.commandcenter.akm.mcp.RawMcp.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.RouterCalls;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams, sessions and their limits, with a router that answers when it is told to. */
class McpStreamsTest {
  private static final String PING = request(1, "ping", "{}");
  private static final String SLOW =
      call(5, "route_request", new JsonObject().put("task", "chat").put("prompt", "Hi"));

  private McpServerFixture server;
  private final BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws Exception {
    start(Duration.ofMinutes(30), Duration.ofMillis(100));
  }

  private void start(Duration sessionIdle, Duration heartbeat) throws Exception {
    server =
        new McpServerFixture(
            new ServerConfig.Mcp(
                6, 4, 2, sessionIdle, Duration.ofMinutes(2), heartbeat, Duration.ofMillis(50)));
    server.rooms.router =
        asked -> {
          var answer = Promise.<RouterCalls.RouteAnswer>promise();
          held.add(() -> FakeRooms.route(asked).onComplete(answer));
          return answer.future();
        };
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private RawMcp raw() {
    return raw("client");
  }

  private RawMcp raw(String who) {
    return new RawMcp(server.vertx, server.uri, bearer(who));
  }

  private void release() throws InterruptedException {
    var next = held.poll(10, TimeUnit.SECONDS);
    assertNotNull(next, "the router was not asked");
    next.run();
  }

  @Test
  void becomesAStreamWhenTheAnswerTakesLong() throws Exception {
    var stream = raw().session().open(HttpMethod.POST, SLOW, Map.of());
    assertEquals("text/event-stream", stream.response.getHeader("Content-Type"));
    assertTrue(stream.await("retry: 500").startsWith("id: "));
    release();
    assertTrue(stream.awaitEnd().contains("Hello."));
  }

  @Test
  void sendsNoEmptyFirstEventToOlderClients() throws Exception {
    var stream = raw().session("2025-06-18").open(HttpMethod.POST, SLOW, Map.of());
    assertFalse(stream.await(": open").contains("retry"));
    release();
    stream.awaitEnd();
  }

  @Test
  void resumesAnAnswerAfterTheConnectionBroke() throws Exception {
    var raw = raw().session();
    var stream = raw.open(HttpMethod.POST, SLOW, Map.of());
    stream.await("retry: 500");
    stream.drop();
    release();
    var again = raw.open(HttpMethod.GET, null, Map.of("Last-Event-ID", stream.lastEventId()));
    assertTrue(again.awaitEnd().contains("Hello."));
  }

  @Test
  void replaysOnlyWhatTheClientDoesNotHave() throws Exception {
    var raw = raw().session();
    var stream = raw.open(HttpMethod.POST, SLOW, Map.of());
    release();
    stream.awaitEnd();
    var again = raw.open(HttpMethod.GET, null, Map.of("Last-Event-ID", stream.lastEventId()));
    assertFalse(again.awaitEnd().contains("Hello."));
  }

  @Test
  void refusesAnEventIdThatIsNone() throws Exception {
    for (var id : new String[] {"x", "_1", "abc_x"}) {
      var answer = raw("client_" + id.length()).session().with("Last-Event-ID", id);
      assertEquals(400, answer.send(HttpMethod.GET, null).status());
    }
  }

  @Test
  void listensAfreshWhenTheStreamIsForgotten() throws Exception {
    var raw = raw().session();
    raw.open(HttpMethod.GET, null, Map.of("Last-Event-ID", "gone_3")).await("retry: 500");
  }

  @Test
  void keepsAListenerAliveWithComments() throws Exception {
    raw().session().open(HttpMethod.GET, null, Map.of()).await(": heartbeat");
  }

  @Test
  void endsTheOlderOfTwoListeners() throws Exception {
    var raw = raw().session();
    var older = raw.open(HttpMethod.GET, null, Map.of());
    older.await("retry: 500");
    var newer = raw.open(HttpMethod.GET, null, Map.of());
    newer.await("retry: 500");
    older.awaitEnd();
    newer.await(": heartbeat");
  }

  @Test
  void endsACancelledRequestWithoutAnAnswer() throws Exception {
    var raw = raw().session();
    var stream = raw.open(HttpMethod.POST, SLOW, Map.of());
    stream.await("retry: 500");
    var cancel =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":%s}}";
    assertEquals(202, raw.post(cancel.formatted("99")).status());
    assertEquals(202, raw.post(cancel.formatted("null")).status());
    assertEquals(202, raw.post(cancel.formatted("5")).status());
    release();
    assertFalse(stream.awaitEnd().contains("Hello."));
    assertEquals(200, raw.post(request(5, "ping", "{}")).status());
  }

  @Test
  void limitsTheRequestsOfASession() throws Exception {
    var raw = raw().session();
    var first = raw.open(HttpMethod.POST, SLOW, Map.of());
    var second = raw.open(HttpMethod.POST, SLOW.replace("\"id\":5", "\"id\":6"), Map.of());
    var refused = raw.post(PING);
    assertEquals(429, refused.status());
    assertEquals("1", refused.headers().get("Retry-After"));
    release();
    release();
    first.awaitEnd();
    second.awaitEnd();
    assertEquals(200, raw.post(PING).status());
  }

  @Test
  void refusesAnIdThatIsInUse() throws Exception {
    var raw = raw().session();
    var first = raw.open(HttpMethod.POST, SLOW, Map.of());
    assertEquals(400, raw.post(request(5, "ping", "{}")).status());
    release();
    assertTrue(first.awaitEnd().contains("Hello."));
  }

  /** Seen failing with the idlest session not dropped: the fifth was refused. */
  @Test
  void givesTheIdlestSessionOfAPrincipalForANewOne() throws Exception {
    var first = raw().session();
    var second = raw().session();
    assertEquals(200, second.post(request(1, "ping", "{}")).status());
    for (int i = 2; i < 4; i++) {
      raw().session();
    }
    raw().session();
    assertEquals(404, first.post(request(1, "ping", "{}")).status());
    assertEquals(200, second.post(request(2, "ping", "{}")).status());
  }

  @Test
  void limitsTheSessionsOfOnePrincipal() throws Exception {
    var raw = raw().session();
    raw.open(HttpMethod.GET, null, Map.of()).await("retry");
    for (int i = 1; i < 4; i++) {
      raw().session().open(HttpMethod.GET, null, Map.of()).await("retry");
    }
    var refused = raw().post(RawMcp.INITIALIZE.formatted("2025-11-25"));
    assertEquals(503, refused.status());
    assertNotNull(refused.headers().get("Retry-After"));
    raw.send(HttpMethod.DELETE, null);
    assertEquals(200, raw().post(RawMcp.INITIALIZE.formatted("2025-11-25")).status());
  }

  @Test
  void limitsTheSessionsOfAll() throws Exception {
    for (int i = 0; i < 6; i++) {
      raw("client_" + i).session();
    }
    assertEquals(503, raw().post(RawMcp.INITIALIZE.formatted("2025-11-25")).status());
  }

  @Test
  void dropsAnIdleSession() throws Exception {
    server.close();
    start(Duration.ofMillis(1), Duration.ofMillis(20));
    var raw = raw().session();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (sessions() > 0 && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertEquals(404, raw.post(PING).status());
  }

  @Test
  void keepsASessionWhoseListenerIsOpen() throws Exception {
    server.close();
    start(Duration.ofSeconds(2), Duration.ofMillis(50));
    var raw = raw().session();
    var listener = raw.open(HttpMethod.GET, null, Map.of());
    listener.await(": heartbeat\n\n".repeat(50));
    assertEquals(200, raw.post(PING).status());
  }

  private int sessions() throws TimeoutException {
    var ready =
        server.bus.ask(ReadyCalls.MCP, new ReadyCalls.AskReady()).await(10, TimeUnit.SECONDS);
    assertTrue(ready.ready());
    return Integer.parseInt(ready.detail().split(" ")[0]);
  }

  @Test
  void endsTheSessionsOfARevokedToken() throws Exception {
    var listener = raw().session().open(HttpMethod.GET, null, Map.of());
    listener.await("retry: 500");
    raw("client_other").session();
    server.bus.publish(Facts.TOKEN_CHANGED, new Facts.TokenChanged("tok_client", "revoked"));
    listener.awaitEnd();
    assertEquals(1, sessions());
  }

  @Test
  void drainsWhatRunsWhenItCloses() throws Exception {
    var raw = raw().session();
    var stream = raw.open(HttpMethod.POST, SLOW, Map.of());
    stream.await("retry: 500");
    var closing = server.vertx.undeploy(server.deployment);
    var refused = raw("client_late").post(PING);
    assertEquals(503, refused.status());
    release();
    assertTrue(stream.awaitEnd().contains("Hello."));
    closing.await(10, TimeUnit.SECONDS);
  }

  @Test
  void doesNotWaitForeverWhenItCloses() throws Exception {
    var stream = raw().session().open(HttpMethod.POST, SLOW, Map.of());
    stream.await("retry: 500");
    server.vertx.undeploy(server.deployment).await(10, TimeUnit.SECONDS);
    assertFalse(stream.awaitEnd().contains("Hello."));
    assertThrows(AssertionError.class, () -> stream.await("Hello."));
  }
}

package io.commandcenter.akm.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The load of {@code -Dbench=mcp-load} in small: what must hold however slow the machine is. */
class McpLoadTest {
  private static final boolean SOAK = Boolean.getBoolean("akm.soak");
  private static final int SESSIONS = SOAK ? 1_000 : 50;
  private static final int ROUNDS = SOAK ? 200 : 6;
  private static final int CALLS_IN_A_ROUND = 50;
  private static final int CHANGES_IN_A_BURST = 20;
  private static final long PATIENCE_MS = SOAK ? 60_000 : 10_000;

  private final Vertx serverVertx = Vertx.vertx();
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  // A timer that is left behind stays there for longer than the test.
  private final McpVertx server =
      new McpVertx(serverVertx, Duration.ofMillis(50), Duration.ofMinutes(10));
  private McpClient client;
  private McpAudience audience;
  private int timersAtRest;

  @BeforeEach
  void start() throws Exception {
    int port = server.listen(0).await(10, TimeUnit.SECONDS).actualPort();
    var endpoint = new McpEndpoint("test", port, Optional.empty(), Optional.empty());
    client = new McpClient(vertx, endpoint);
    audience = new McpAudience(vertx, endpoint, 5, McpFeatures::counter, true);
    timersAtRest = timers();
    audience.open(SESSIONS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
    serverVertx.close().await(10, TimeUnit.SECONDS);
  }

  /** Seen failing with every tenth update not told: sessions had not heard of its change. */
  @Test
  void tellsEverySessionOfEveryChangeWhileToolsAreCalled() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      var calls = calls(round);
      // Alone: what is heard now can be about nothing else.
      audience.change();
      assertTrue(audience.allHeard(PATIENCE_MS), "a change that nobody was told of");
      for (int i = 0; i < CHANGES_IN_A_BURST; i++) {
        audience.change();
      }
      assertTrue(audience.allHeard(PATIENCE_MS), "the last of many changes is not known");
      answered(round, calls);
    }
    var heard = audience.heard();
    assertEquals(0, heard.missing());
    assertEquals(0, heard.disordered(), "events in disorder");
    assertEquals(0, heard.failed(), "reads or changes that failed");
    assertTrue(heard.heard() > 0 && heard.heard() <= heard.told(), "told more than once");
    assertEquals(0, audience.brokenStreams());
  }

  /**
   * Seen failing with an answer's timer not cancelled, and with sessions not taken off the list.
   */
  @Test
  void leavesNothingBehind() throws Exception {
    assertEquals(SESSIONS + 1, server.transport().sessionCount());
    for (int round = 0; round < ROUNDS; round++) {
      var calls = calls(round);
      audience.change();
      answered(round, calls);
    }
    assertTrue(audience.allHeard(PATIENCE_MS));
    assertTrue(audience.end(PATIENCE_MS), "a stream outlived its session");
    assertEquals(0, server.transport().sessionCount());
    long end = System.nanoTime() + PATIENCE_MS * 1_000_000;
    while (timers() > timersAtRest && System.nanoTime() < end) {
      Machine.pause(10);
    }
    assertEquals(timersAtRest, timers(), "timers are left");
    server.transport().close().await(10, TimeUnit.SECONDS);
    assertEquals(0, timers());
  }

  /** Spread over the sessions, all at once. */
  private List<Future<JsonObject>> calls(int round) {
    var calls = new ArrayList<Future<JsonObject>>();
    for (int i = 0; i < CALLS_IN_A_ROUND; i++) {
      var session = audience.sessions().get((round * CALLS_IN_A_ROUND + i) % SESSIONS);
      var arguments = new JsonObject().put("text", round + "/" + i);
      calls.add(
          client.ask(
              session,
              "tools/call",
              new JsonObject().put("name", McpEcho.NAME).put("arguments", arguments)));
    }
    return calls;
  }

  private static void answered(int round, List<Future<JsonObject>> calls) throws Exception {
    Future.all(calls).await(PATIENCE_MS, TimeUnit.MILLISECONDS);
    for (int i = 0; i < calls.size(); i++) {
      var said = calls.get(i).result().getJsonObject("structuredContent").getString("text");
      assertEquals(round + "/" + i, said);
    }
  }

  /** Vert.x counts its timers, but tells nobody how many there are. */
  private int timers() throws ReflectiveOperationException {
    var field = serverVertx.getClass().getDeclaredField("timeouts");
    field.setAccessible(true);
    return ((Map<?, ?>) field.get(serverVertx)).size();
  }
}

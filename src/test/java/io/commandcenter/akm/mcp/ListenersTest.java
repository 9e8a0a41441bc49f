package io.commandcenter.akm.mcp;

import static io.commandcenter.akm.mcp.StatelessMcp.NAMESPACE;
import static io.commandcenter.akm.mcp.StatelessMcp.filter;
import static io.commandcenter.akm.mcp.transport.ToolsOnly.WATCHED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.mcp.transport.ToolsOnly;
import io.commandcenter.akm.mcp.transport.TransportSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code subscriptions/listen}: what a listener hears, how many there may be, how they end. */
class ListenersTest {
  private static final String UPDATED = "\"method\":\"notifications/resources/updated\"";
  private static final String TAG = "\"_meta\":{\"" + NAMESPACE + "subscriptionId\":1}";

  private ToolsServer server;

  @BeforeEach
  void start() throws Exception {
    start(ToolsServer.settings(2, Duration.ofMinutes(1), Duration.ofMillis(300)));
  }

  private void start(TransportSettings settings) throws Exception {
    server = new ToolsServer(new ToolsOnly(), settings);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static void await(BooleanSupplier reached) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!reached.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "not in time");
      Thread.onSpinWait();
    }
  }

  private static JsonObject first(String events) {
    var line = events.lines().filter(each -> each.startsWith("data: ")).findFirst().orElseThrow();
    return new JsonObject(line.substring("data: ".length()));
  }

  @Test
  void tellsFirstWhatItWillTell() throws Exception {
    var wanted =
        new JsonObject()
            .put("toolsListChanged", true)
            .put("promptsListChanged", false)
            .put("resourcesListChanged", "yes")
            .put("dreams", true)
            .put("resourceSubscriptions", new JsonArray().add(WATCHED).add("test://other").add(7));
    var stream = server.client("me").open("subscriptions/listen", filter(wanted));
    assertEquals(200, stream.response.statusCode());
    assertEquals("text/event-stream", stream.response.getHeader("Content-Type"));
    var told = first(stream.await("\n\n"));
    assertEquals("notifications/subscriptions/acknowledged", told.getString("method"));
    var parameters = told.getJsonObject("params");
    assertEquals(1, parameters.getJsonObject("_meta").getInteger(NAMESPACE + "subscriptionId"));
    assertEquals(
        new JsonObject()
            .put("toolsListChanged", true)
            .put("resourceSubscriptions", new JsonArray().add(WATCHED)),
        parameters.getJsonObject("notifications"));
  }

  @Test
  void tellsOfChangesOfWhatWasAskedForOnly() throws Exception {
    var stream = server.client("me").listen(WATCHED);
    stream.await("acknowledged");
    server.transport.updated("test://other");
    server.transport.changed("tools");
    server.transport.updated(WATCHED);
    var all = stream.await(UPDATED);
    assertTrue(all.contains("\"uri\":\"" + WATCHED + "\""), all);
    assertEquals(2, all.split(java.util.regex.Pattern.quote(TAG), -1).length - 1, all);
    assertFalse(all.contains("list_changed") || all.contains("test://other"), all);
  }

  @Test
  void tellsOfChangedLists() throws Exception {
    var wanted =
        new JsonObject()
            .put("toolsListChanged", true)
            .put("promptsListChanged", true)
            .put("resourcesListChanged", true);
    var stream = server.client("me").open("subscriptions/listen", filter(wanted));
    stream.await("acknowledged");
    for (var list : List.of("tools", "prompts", "resources")) {
      server.transport.changed(list);
      assertTrue(
          stream.await("\"method\":\"notifications/" + list + "/list_changed\"").contains(TAG));
    }
  }

  @Test
  void keepsTheConnectionAlive() throws Exception {
    server.client("me").listen(WATCHED).await(": heartbeat");
  }

  /** Seen failing without the limits. */
  @Test
  void limitsTheListenersOfOneCallerAndOfAll() throws Exception {
    var mine = new ArrayList<RawMcp.Stream>();
    for (int i = 0; i < 2; i++) {
      mine.add(server.client("me").listen(WATCHED));
    }
    var request = filter(new JsonObject());
    var refused = server.client("me").ask("subscriptions/listen", request);
    assertEquals(503, refused.status());
    assertEquals("30", refused.headers().get("Retry-After"));
    assertEquals(-32000, refused.error());
    assertEquals(1, refused.json().getInteger("id"));
    server.client("other").listen(WATCHED).await("acknowledged");
    assertEquals(503, server.client("third").ask("subscriptions/listen", request).status());
    mine.get(0).drop();
    await(() -> server.transport.listenerCount() == 2);
    server.client("me").listen(WATCHED).await("acknowledged");
  }

  @Test
  void limitsTheResourcesOfOneListener() throws Exception {
    var five = new JsonObject().put("resourceSubscriptions", new JsonArray(List.of(1, 2, 3, 4, 5)));
    var refused = server.client("me").ask("subscriptions/listen", filter(five));
    assertEquals(-32602, refused.error());
    assertEquals(0, server.transport.listenerCount());
  }

  /** Seen failing with the listeners of a dropped caller kept. */
  @Test
  void endsTheListenersOfADroppedCallerOnly() throws Exception {
    var mine = server.client("me").listen(WATCHED);
    var other = server.client("other").listen(WATCHED);
    mine.await("acknowledged");
    other.await("acknowledged");
    server.transport.drop("me");
    var all = mine.awaitEnd();
    assertTrue(all.contains("\"resultType\":\"complete\""), all);
    assertEquals(1, server.transport.listenerCount());
    server.transport.updated(WATCHED);
    other.await(UPDATED);
  }

  @Test
  void endsInOrderWhenTheServerCloses() throws Exception {
    var stream = server.client("me").listen(WATCHED);
    stream.await("acknowledged");
    server.transport.updated(WATCHED);
    server.transport.close().await(10, TimeUnit.SECONDS);
    var all = stream.awaitEnd();
    var end = all.indexOf("\"result\":{");
    assertTrue(all.indexOf(UPDATED) > 0 && all.indexOf(UPDATED) < end, all);
    assertTrue(all.substring(end).contains(NAMESPACE + "subscriptionId"), all);
    assertTrue(all.contains("\"id\":1"), all);
    assertEquals(0, server.transport.listenerCount());
    assertEquals(503, server.client("me").ask("tools/list").status());
  }

  /** Each change waits once, however often it comes. */
  @Test
  void makesNothingPileUpForAListenerThatReadsNothing() throws Exception {
    server.close();
    start(ToolsServer.settings(2, Duration.ofMinutes(1), Duration.ofMinutes(1)));
    var wanted =
        new JsonObject()
            .put("toolsListChanged", true)
            .put("resourceSubscriptions", new JsonArray().add(WATCHED));
    var stream = server.client("me").open("subscriptions/listen", filter(wanted));
    stream.await("acknowledged");
    stream.response.pause();
    int changes = 200_000;
    for (int i = 0; i < changes; i++) {
      server.transport.updated(WATCHED);
    }
    // Behind everything that waits.
    server.transport.changed("tools");
    stream.response.resume();
    var all = stream.await("tools/list_changed");
    int heard = all.split(java.util.regex.Pattern.quote(UPDATED), -1).length - 1;
    assertTrue(heard < changes / 2, heard + " of " + changes + " were written or waited");
  }

  /** Seen failing with a stalled connection kept. */
  @Test
  void dropsAListenerThatReadsNothing() throws Exception {
    var stream = server.client("me").listen(WATCHED);
    stream.await("acknowledged");
    stream.response.pause();
    // Not faster than they are written, or the loop would have no time for anything else.
    server.vertx.setPeriodic(
        2,
        tick -> {
          for (int i = 0; i < 200; i++) {
            server.transport.updated(WATCHED);
          }
        });
    await(() -> server.transport.listenerCount() == 0);
  }
}

package io.commandcenter.akm.mcp;

import static io.commandcenter.akm.mcp.StatelessMcp.NAMESPACE;
import static io.commandcenter.akm.mcp.StatelessMcp.named;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.mcp.transport.ToolsOnly;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers of the stateless lane on their way: progress, log messages, cancellation, limits. */
class StatelessStreamsTest {
  private final BlockingQueue<Promise<Round<CallToolResult>>> held = new LinkedBlockingQueue<>();
  private final BlockingQueue<Long> cancelled = new LinkedBlockingQueue<>();
  private ToolsServer server;

  @BeforeEach
  void start() throws Exception {
    start(Duration.ofMinutes(1));
  }

  private void start(Duration upgrade) throws Exception {
    var tools =
        new ToolsOnly()
            .with("quick", call -> ToolsOnly.done("quick"))
            .with("steps", StatelessStreamsTest::steps)
            .with("chat", StatelessStreamsTest::chat)
            .with("held", this::hold);
    server = new ToolsServer(tools, ToolsServer.settings(2, upgrade, Duration.ofSeconds(10)));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static Future<Round<CallToolResult>> steps(Call call) {
    return call.progress(1, 2.0, "half")
        .compose(v -> call.progress(2, null, null))
        .compose(v -> ToolsOnly.done("stepped"));
  }

  private static Future<Round<CallToolResult>> chat(Call call) {
    return call.log(LoggingLevel.DEBUG, "a detail")
        .compose(v -> call.log(LoggingLevel.WARNING, "a warning"))
        .compose(v -> ToolsOnly.done("chatted"));
  }

  private Future<Round<CallToolResult>> hold(Call call) {
    var answer = Promise.<Round<CallToolResult>>promise();
    call.onCancel(
        () -> {
          answer.tryFail("given up");
          cancelled.add(System.nanoTime());
        });
    held.add(answer);
    return answer.future();
  }

  private Promise<Round<CallToolResult>> next() throws InterruptedException {
    var answer = held.poll(10, TimeUnit.SECONDS);
    assertNotNull(answer, "the tool was not called");
    return answer;
  }

  private static JsonObject with(String tool, String member, Object value) {
    return named(tool).put("_meta", new JsonObject().put(member, value));
  }

  @ParameterizedTest
  @CsvSource({"progressToken,text", "progressToken,7"})
  void reportsProgressOverAStream(String member, String token) throws Exception {
    Object asked = token.equals("7") ? 7 : token;
    var stream = server.client("me").open("tools/call", with("steps", member, asked));
    assertEquals("text/event-stream", stream.response.getHeader("Content-Type"));
    var all = stream.awaitEnd();
    assertTrue(all.contains("\"method\":\"notifications/progress\""), all);
    assertTrue(all.contains("\"progressToken\":" + (asked == token ? "\"text\"" : "7")), all);
    assertTrue(all.indexOf("half") < all.indexOf("stepped"), all);
    assertFalse(all.contains("id: "), "there is nothing to come back to");
  }

  @Test
  void answersInPlainJsonWhoDoesNotAskForProgress() throws Exception {
    var answer = server.client("me").call("steps", new JsonObject());
    assertEquals("application/json", answer.headers().get("Content-Type"));
    assertTrue(answer.body().contains("stepped"));
  }

  /** Seen failing without the limit: each report would repeat it. */
  @Test
  void repeatsNoOverlongToken() throws Exception {
    var client = server.client("me");
    for (var token : new Object[] {"t".repeat(257), new JsonObject(), true}) {
      var answer = client.ask("tools/call", with("steps", "progressToken", token));
      assertEquals("application/json", answer.headers().get("Content-Type"));
      assertTrue(answer.body().contains("stepped"));
    }
  }

  @Test
  void becomesAStreamWhenTheAnswerTakesLongAndKeepsItAlive() throws Exception {
    server.close();
    start(Duration.ofMillis(20));
    var stream = server.client("me").open("tools/call", named("held"));
    stream.await(": open");
    stream.await(": heartbeat");
    next().complete(new Round.Done<>(CallToolResult.builder().addTextContent("late").build()));
    assertTrue(stream.awaitEnd().contains("late"));
  }

  @Test
  void sendsLogMessagesOfTheLevelThatWasAskedFor() throws Exception {
    var level = NAMESPACE + "logLevel";
    var all = server.client("me").open("tools/call", with("chat", level, "info")).awaitEnd();
    assertTrue(all.contains("a warning") && all.contains("\"level\":\"warning\""), all);
    assertFalse(all.contains("a detail"), all);
    assertTrue(
        server
            .client("me")
            .open("tools/call", with("chat", level, "debug"))
            .awaitEnd()
            .contains("a detail"));
  }

  @ParameterizedTest
  @CsvSource({"none", "loud", "7"})
  void sendsNoLogMessagesUnasked(String level) throws Exception {
    var parameters =
        level.equals("none") ? named("chat") : with("chat", NAMESPACE + "logLevel", level);
    var answer = server.client("me").ask("tools/call", parameters);
    assertEquals("application/json", answer.headers().get("Content-Type"));
  }

  /** Seen failing with the connection's end not told to the request. */
  @Test
  void cancelsWithinASecondWhenTheClientLeaves() throws Exception {
    server.close();
    start(Duration.ofMillis(20));
    var stream = server.client("me").open("tools/call", named("held"));
    stream.await(": open");
    var answer = next();
    assertTrue(cancelled.isEmpty());
    long left = System.nanoTime();
    stream.drop();
    var at = cancelled.poll(10, TimeUnit.SECONDS);
    assertNotNull(at, "the tool was not told");
    assertTrue(at - left < 1_000_000_000L, () -> (at - left) / 1_000_000 + " ms");
    assertFalse(answer.tryComplete(null));
    // Its place is free again: two fit, and only two.
    var client = server.client("me");
    for (int i = 0; i < 4; i++) {
      assertEquals(200, client.call("quick", new JsonObject()).status());
    }
  }

  @Test
  void doesNotCancelWhatWasAnswered() throws Exception {
    server.close();
    start(Duration.ofMillis(20));
    var stream = server.client("me").open("tools/call", named("held"));
    stream.await(": open");
    next().complete(new Round.Done<>(CallToolResult.builder().addTextContent("late").build()));
    stream.awaitEnd();
    stream.drop();
    // Another request has been through since.
    assertEquals(200, server.client("me").call("quick", new JsonObject()).status());
    assertTrue(cancelled.isEmpty());
  }

  /** Seen failing without the limit. */
  @Test
  void limitsTheRequestsOfOneCaller() throws Exception {
    server.close();
    start(Duration.ofMillis(20));
    var first = server.client("me").open("tools/call", named("held"));
    var second = server.client("me").open("tools/call", named("held"));
    var refused = server.client("me").call("quick", new JsonObject());
    assertEquals(429, refused.status());
    assertEquals("1", refused.headers().get("Retry-After"));
    assertEquals(-32000, refused.error());
    assertEquals(1, refused.json().getInteger("id"));
    assertEquals(200, server.client("other").call("quick", new JsonObject()).status());
    for (var stream : new RawMcp.Stream[] {first, second}) {
      next().complete(new Round.Done<>(CallToolResult.builder().addTextContent("late").build()));
      stream.awaitEnd();
    }
    assertEquals(200, server.client("me").call("quick", new JsonObject()).status());
  }

  @Test
  void tellsOfAFaultNothingButThatItIsOne() throws Exception {
    var parameters =
        new JsonObject(
            "{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"p\"},"
                + "\"argument\":{\"name\":\"a\",\"value\":\"v\"}}");
    var answer = server.client("me").ask("completion/complete", parameters);
    assertEquals(-32603, answer.error());
    assertEquals(200, answer.status());
    assertFalse(answer.body().contains("secret words"));
    assertFalse(answer.body().contains("Exception"));
  }
}

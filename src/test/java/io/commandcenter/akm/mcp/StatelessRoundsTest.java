package io.commandcenter.akm.mcp;

import static io.commandcenter.akm.mcp.StatelessMcp.named;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.mcp.transport.ToolsOnly;
import io.commandcenter.akm.mcp.transport.feature.Ask;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A call that asks its person something: one round to ask, one with the answer. */
class StatelessRoundsTest {
  private static final JsonObject LINKS =
      new JsonObject("{\"elicitation\":{\"url\":{}},\"sampling\":{}}");
  private static final JsonObject ACCEPTED =
      new JsonObject("{\"page\":{\"action\":\"accept\"},\"other\":7}");

  private final List<String> entries = new CopyOnWriteArrayList<>();
  private ToolsServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new ToolsServer(
            new ToolsOnly().with("ask", this::ask).with("odd", StatelessRoundsTest::odd),
            ToolsServer.settings(9, Duration.ofMinutes(1), Duration.ofSeconds(10)));
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private Future<Round<CallToolResult>> ask(Call call) {
    if (call.memory() == null) {
      var page = ElicitUrlRequest.builder("Open it.", "http://127.0.0.1/enter/x", "e1").build();
      return Future.succeededFuture(
          new Round.NeedsInput<>(
              Map.of("page", new Ask.Elicit(page)), new JsonObject().put("entry", "ent_7")));
    }
    entries.add(call.memory().getString("entry"));
    return ToolsOnly.done(call.answers().get("page").getString("action") + " " + call.answers());
  }

  private static Future<Round<CallToolResult>> odd(Call call) {
    return Future.succeededFuture(
        new Round.NeedsInput<>(
            Map.of(), new JsonObject().put("cannot be written", new Object() {})));
  }

  private StatelessMcp client(String who) {
    return server.client(who).abilities(LINKS);
  }

  private static JsonObject first(JsonObject arguments) {
    return named("ask").put("arguments", arguments);
  }

  private static JsonObject again(JsonObject arguments, Object state) {
    return first(arguments).put("requestState", state).put("inputResponses", ACCEPTED);
  }

  private String state(StatelessMcp client, JsonObject arguments) throws Exception {
    var result = client.ask("tools/call", first(arguments)).json().getJsonObject("result");
    assertEquals("input_required", result.getString("resultType"));
    return result.getString("requestState");
  }

  @Test
  void asksAndIsAnsweredInTheNextRound() throws Exception {
    var client = client("me");
    var answer = client.ask("tools/call", first(new JsonObject()));
    var result = answer.json().getJsonObject("result");
    assertEquals("input_required", result.getString("resultType"));
    var asked = result.getJsonObject("inputRequests").getJsonObject("page");
    assertEquals("elicitation/create", asked.getString("method"));
    assertEquals("url", asked.getJsonObject("params").getString("mode"));
    assertEquals("http://127.0.0.1/enter/x", asked.getJsonObject("params").getString("url"));
    assertFalse(result.containsKey("content"));

    var told = client.ask("tools/call", again(new JsonObject(), result.getString("requestState")));
    assertEquals("complete", told.json().getJsonObject("result").getString("resultType"));
    assertTrue(told.body().contains("accept {page="), told.body());
    assertEquals(List.of("ent_7"), entries);
  }

  @Test
  void asksNothingThatTheClientCannotDo() throws Exception {
    var refused = server.client("me").ask("tools/call", first(new JsonObject()));
    assertEquals(400, refused.status());
    assertEquals(-32021, refused.error());
    assertTrue(refused.body().contains("{\"requiredCapabilities\":{\"elicitation\":{}}}"));
  }

  /** Seen failing with the state not bound: the tool ran on. */
  @Test
  void refusesAStateThatIsNotForThisAndRunsNothing() throws Exception {
    var client = client("me");
    var given = new JsonObject().put("a", 1).put("b", 2);
    var state = state(client, given);
    var other = new JsonObject().put("a", 1).put("b", 3);
    var refusals =
        List.of(
            client("mallory").ask("tools/call", again(given, state)),
            client.ask("tools/call", again(other, state)),
            client.ask("tools/call", again(given, state).put("name", "odd")),
            client.ask("tools/call", again(given, state.substring(1))),
            client.ask("tools/call", again(given, state + "A")),
            client.ask("tools/call", again(given, "x".repeat(70_000))),
            client.ask("tools/call", again(given, 7)),
            client.ask("tools/call", again(given, new JsonObject())));
    for (var refused : refusals) {
      assertEquals(200, refused.status());
      assertEquals(-32602, refused.error(), refused.body());
    }
    // Always in the same words: which of them was wrong is nobody's business.
    assertEquals(1, refusals.stream().map(RawMcp.Answer::body).distinct().count());
    assertEquals(List.of(), entries);

    var turned = new JsonObject().put("b", 2).put("a", 1);
    assertTrue(client.ask("tools/call", again(turned, state)).body().contains("accept"));
    assertEquals(-32602, client.ask("tools/call", again(given, state)).error());
    assertEquals(List.of("ent_7"), entries);
  }

  @Test
  void refusesAStateOfAnEarlierServer() throws Exception {
    var state = state(client("me"), new JsonObject());
    server.close();
    start();
    assertEquals(-32602, client("me").ask("tools/call", again(new JsonObject(), state)).error());
    assertEquals(List.of(), entries);
  }

  /** Seen failing, by never being answered, with the round written outside of the chain. */
  @Test
  void answersAlsoWhenItsMemoryCannotBeWritten() throws Exception {
    var answer = client("me").ask("tools/call", named("odd"));
    assertEquals(-32603, answer.error());
    assertFalse(answer.body().contains("Exception"), answer.body());
  }
}

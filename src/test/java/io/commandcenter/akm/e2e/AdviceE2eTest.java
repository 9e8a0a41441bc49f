package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.simulator.Fault;
import io.commandcenter.akm.testkit.McpSession;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tools tell of requests that were really sent, to simulated providers. */
class AdviceE2eTest {
  @TempDir Path directory;
  private ClientRig rig;
  private McpSession mcp;

  @BeforeEach
  void start() {
    rig = new ClientRig(directory);
    mcp = new McpSession(rig.akm().vertx(), rig.akm().url(), new ArrayList<>());
  }

  @AfterEach
  void stop() {
    rig.close();
  }

  private JsonObject tool(String name, JsonObject arguments) {
    var result = mcp.tool(name, arguments);
    assertEquals(false, result.getBoolean("isError"), result.encode());
    return result.getJsonObject("structuredContent");
  }

  private JsonObject send(String task) {
    return tool("route_request", new JsonObject().put("task", task).put("prompt", "Hello"));
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  @Test
  void saysThatThereIsNoTrafficYet() {
    var advice = tool("get_routing_recommendations", new JsonObject());
    assertTrue(advice.getString("note").startsWith("No traffic yet"));
    assertEquals(4, advice.getJsonArray("tasks").size());
    assertEquals(0, advice.getJsonArray("recommendations").size(), advice.encodePrettily());
  }

  @Test
  void countsWhatWasSentAndExplainsIt() {
    rig.behind("anthropic").failNext(2, Fault.status(529));
    var first = send("code_generation");
    var decision = first.getJsonObject("decision").getString("decision_id");
    for (int i = 0; i < 20; i++) {
      send("analysis");
    }
    var explained = tool("explain_decision", new JsonObject().put("decision_id", decision));
    var attempts = objects(explained.getJsonArray("attempts"));
    assertEquals("overloaded", attempts.get(0).getString("outcome"));
    assertEquals("ok", attempts.get(attempts.size() - 1).getString("outcome"));

    var stats = tool("get_provider_stats", new JsonObject().put("window", "1h"));
    var anthropic =
        objects(stats.getJsonArray("rows")).stream()
            .filter(row -> row.getString("provider").equals("anthropic"))
            .findFirst()
            .orElseThrow();
    assertTrue(anthropic.getJsonObject("errors").getInteger("overloaded") >= 1);
    assertEquals(
        "up", stats.getJsonObject("providers").getJsonObject("google").getString("health"));
    long requests =
        objects(stats.getJsonArray("rows")).stream()
            .mapToLong(row -> row.getLong("requests"))
            .sum();
    assertEquals(
        requests,
        objects(rig.akm().get("/api/v1/stats?window=1h&by=task").getJsonArray("rows")).stream()
            .mapToLong(row -> row.getLong("requests"))
            .sum());

    var advice = tool("get_routing_recommendations", new JsonObject());
    assertEquals(requests, advice.getLong("attempts"));
    for (var one : objects(advice.getJsonArray("recommendations"))) {
      assertTrue(one.getString("reason").endsWith("."), one.encode());
    }
  }
}

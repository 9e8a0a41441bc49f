package io.commandcenter.akm.mcp.conformance;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.testkit.TestVertx;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.ClientCapabilities;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That a tool with rounds, told once, works in both lanes; the suite itself needs npm. */
class ConformanceServerTest {
  private static final String TOOL = "test_input_required_result_multi_round";
  private static final Map<String, Object> FORMS = Map.of("elicitation", Map.of());

  private final TestVertx test = new TestVertx();
  private String url;

  @BeforeEach
  void start() {
    url = await(ConformanceServer.start(test.vertx()));
  }

  @AfterEach
  void stop() {
    test.close();
  }

  @Test
  void asksLiveInASession() {
    var answers = new ArrayDeque<>(List.of(Map.of("name", "Ada"), Map.of("color", "teal")));
    var transport =
        HttpClientStreamableHttpTransport.builder(url.replace("/mcp", "")).endpoint("/mcp").build();
    var client =
        McpClient.sync(transport)
            .capabilities(ClientCapabilities.builder().elicitation().build())
            .elicitation(
                form -> new ElicitResult(ElicitResult.Action.ACCEPT, Map.copyOf(answers.remove())))
            .build();
    client.initialize();

    var result = client.callTool(CallToolRequest.builder(TOOL).arguments(Map.of()).build());

    assertEquals("Ada likes teal", ((TextContent) result.content().get(0)).text());
    client.closeGracefully();
  }

  @Test
  void asksInRoundsWithoutASession() {
    var first = call(new JsonObject());
    var second = call(answered(first, "step1", "name", "Ada"));
    var last = call(answered(second, "step2", "color", "teal"));

    assertEquals("input_required", first.getString("resultType"));
    assertEquals("input_required", second.getString("resultType"));
    assertEquals("Ada likes teal", last.getJsonArray("content").getJsonObject(0).getString("text"));
  }

  private static JsonObject answered(JsonObject round, String key, String field, String value) {
    var content = new JsonObject().put(field, value);
    var answer = new JsonObject().put("action", "accept").put("content", content);
    return new JsonObject()
        .put("inputResponses", new JsonObject().put(key, answer))
        .put("requestState", round.getString("requestState"));
  }

  private JsonObject call(JsonObject more) {
    var meta =
        new JsonObject()
            .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
            .put("io.modelcontextprotocol/clientCapabilities", FORMS);
    var params =
        more.copy().put("name", TOOL).put("arguments", new JsonObject()).put("_meta", meta);
    var request =
        new JsonObject()
            .put("jsonrpc", "2.0")
            .put("id", 1)
            .put("method", "tools/call")
            .put("params", params);
    var client = WebClient.create(test.vertx());
    var answer =
        await(
            client
                .postAbs(url)
                .putHeader("Accept", "application/json, text/event-stream")
                .putHeader("MCP-Protocol-Version", "2026-07-28")
                .putHeader("Mcp-Method", "tools/call")
                .putHeader("Mcp-Name", TOOL)
                .sendJsonObject(request));
    client.close();
    return answer.bodyAsJsonObject().getJsonObject("result");
  }
}

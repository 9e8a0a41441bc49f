package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.simulator.Fault;
import io.commandcenter.akm.testkit.EntryLinks;
import io.commandcenter.akm.testkit.EntryPages;
import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole service over real HTTP, driven by the MCP SDK's own client. */
class McpE2eTest {
  @TempDir Path directory;
  private RunningService akm;
  private McpSyncClient mcp;

  @BeforeEach
  void connect() {
    akm =
        new RunningService(
            directory,
            OriginalRouting.json(),
            new JsonObject().put("budget", new JsonObject().put("monthly_usd", 50)),
            Map.of(
                "SECOND_KEY", "sk-second-key-for-tests-0123456789",
                "THIRD_KEY", "sk-third-key-for-tests-0123456789"));
    akm.addKey("anthropic", "main", "sk-ant-key-for-tests-0123456789");
    akm.addKey("openai", "main", "sk-key-for-tests-0123456789");
    mcp =
        McpClient.sync(
                HttpClientStreamableHttpTransport.builder(akm.url())
                    .endpoint("/mcp")
                    .requestBuilder(
                        HttpRequest.newBuilder()
                            .header("Authorization", "Bearer " + RunningService.TOKEN))
                    .build())
            .build();
    mcp.initialize();
  }

  @AfterEach
  void disconnect() {
    mcp.closeGracefully();
    akm.close();
  }

  @Test
  void theToolsAndThreeResourcesAreListed() {
    assertEquals(
        List.of(
            "add_api_key",
            "check_budget",
            "estimate_cost",
            "explain_decision",
            "get_audit_log",
            "get_provider_stats",
            "get_routing_recommendations",
            "get_usage",
            "list_api_keys",
            "panic",
            "remove_api_key",
            "rotate_key",
            "route_request",
            "set_budget",
            "track_request",
            "validate_all_keys",
            "validate_key"),
        mcp.listTools().tools().stream().map(tool -> tool.name()).sorted().toList());
    assertEquals(
        List.of("api://providers", "api://routing", "api://usage"),
        mcp.listResources().resources().stream().map(resource -> resource.uri()).sorted().toList());
    for (var tool : mcp.listTools().tools()) {
      assertTrue(tool.title() != null && tool.description() != null, tool.name());
      assertTrue(tool.inputSchema() != null && tool.outputSchema() != null, tool.name());
      assertTrue(tool.annotations().readOnlyHint() != null, tool.name());
    }
  }

  @Test
  void eachResourceIsRead() {
    assertEquals(4, read("api://providers").getJsonArray("providers").size());
    assertTrue(read("api://routing").containsKey("tasks"));
    var usage = read("api://usage");
    assertEquals(0.0, usage.getDouble("total_cost"));
    assertEquals(50.0, usage.getDouble("budget_limit"));
  }

  @Test
  void aKeyIsAddedThroughTheOneTimePage() {
    var arguments = Map.<String, Object>of("provider", "openai", "label", "second");
    var refusal = assertThrows(McpError.class, () -> call("add_api_key", arguments));
    assertEquals(-32042, refusal.getJsonRpcError().code());
    var link = EntryLinks.in(refusal.getJsonRpcError().message());
    var browser = new EntryPages(akm.vertx());

    var page = browser.open(link.getString("url"));
    assertTrue(page.bodyAsString().contains("openai"), page.bodyAsString());
    assertEquals(200, browser.enter(link, "sk-entered-by-a-person-0123456789").statusCode());
    assertEquals(410, browser.enter(link, "sk-entered-by-a-person-0123456789").statusCode());

    var keys = read("api://providers").encode();
    assertTrue(keys.contains("second"), keys);
    assertFalse(keys.contains("entered-by-a-person"), keys);
    assertEquals("valid", check("openai", "second"));
  }

  @Test
  void aKeyIsAddedAndRotatedFromTheEnvironment() {
    call("add_api_key", Map.of("provider", "openai", "label", "second", "env_var", "SECOND_KEY"));
    call("rotate_key", Map.of("provider", "openai", "label", "second", "env_var", "THIRD_KEY"));

    assertEquals("valid", check("openai", "second"));
  }

  @Test
  void aKeyTheProviderRefusesIsInvalid() {
    akm.simulated("anthropic").accept("sk-ant-another-key-0123456789");

    assertEquals("invalid", check("anthropic", "main"));
  }

  @Test
  void aDecisionIsMadeWithoutAPrompt() {
    var answer = call("route_request", Map.of("task", "code_generation"));

    assertEquals(
        "anthropic",
        answer.getJsonObject("decision").getJsonObject("chosen").getString("provider"));
    assertEquals(0, akm.simulated("anthropic").requests());
  }

  @Test
  void aFallbackAnswersWhenThePrimaryIsOverloaded() {
    akm.simulated("anthropic").fail(Fault.status(529));

    var answer = call("route_request", Map.of("task", "code_generation", "prompt", "hello"));

    var attempts = answer.getJsonArray("attempts");
    assertEquals("overloaded", attempts.getJsonObject(0).getString("outcome"));
    assertEquals("openai", attempts.getJsonObject(1).getString("provider"));
    assertEquals("ok", attempts.getJsonObject(1).getString("outcome"));
    assertTrue(answer.getDouble("cost_usd") > 0);
    assertEquals(1, usage("openai").getInteger("total_requests"));
    assertEquals(1, usage("anthropic").getInteger("total_requests"));
  }

  @Test
  void aCostIsEstimated() {
    var estimate =
        call(
            "estimate_cost",
            Map.of(
                "model",
                "anthropic/claude-3-opus",
                "input_tokens",
                400_000,
                "output_tokens",
                50_000));

    assertEquals(6.75, estimate.getDouble("cost_usd"));
  }

  @Test
  void aFailureTellsTheModelWhatToDo() {
    for (var wire : List.of("anthropic", "openai", "ollama")) {
      akm.simulated(wire).fail(Fault.garbage());
    }

    var result = mcp.callTool(request("route_request", Map.of("task", "chat", "prompt", "hello")));

    assertTrue(result.isError());
    assertTrue(text(result).contains("provider-failed"), text(result));
  }

  @Test
  void aKeyInAnArgumentIsBurned() {
    var result =
        mcp.callTool(
            request(
                "add_api_key",
                Map.of("provider", "openai", "label", "sk-proj-" + "a1B2".repeat(20))));

    assertTrue(result.isError());
    assertTrue(text(result).contains("burned"), text(result));
    assertFalse(text(result).contains("a1B2"), text(result));
  }

  private String check(String provider, String label) {
    var answer = call("validate_key", Map.of("provider", provider, "label", label));
    var keys = answer.getJsonArray("checks", new JsonArray().add(answer));
    return keys.getJsonObject(0).getString("outcome");
  }

  private JsonObject usage(String provider) {
    return call("get_usage", Map.of()).getJsonObject("providers").getJsonObject(provider);
  }

  private JsonObject call(String tool, Map<String, Object> arguments) {
    var result = mcp.callTool(request(tool, arguments));
    assertFalse(Boolean.TRUE.equals(result.isError()), () -> text(result));
    return JsonObject.mapFrom(result.structuredContent());
  }

  private static CallToolRequest request(String tool, Map<String, Object> arguments) {
    return CallToolRequest.builder(tool).arguments(arguments).build();
  }

  private static String text(CallToolResult result) {
    return result.content().stream()
        .filter(TextContent.class::isInstance)
        .map(content -> ((TextContent) content).text())
        .reduce("", String::concat);
  }

  private JsonObject read(String uri) {
    var content = mcp.readResource(ReadResourceRequest.builder(uri).build()).contents().get(0);
    return new JsonObject(((TextResourceContents) content).text());
  }
}

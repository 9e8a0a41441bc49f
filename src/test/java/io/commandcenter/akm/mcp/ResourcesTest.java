package io.commandcenter.akm.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.mcp.resources.Resources;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ResourcesTest {
  private static McpServerFixture server;
  private static McpSyncClient reader;

  @BeforeAll
  static void start() throws Exception {
    server = new McpServerFixture();
    reader = server.client("operator");
  }

  @AfterAll
  static void stop() throws Exception {
    reader.close();
    server.close();
  }

  private static JsonObject read(String uri) {
    var contents = reader.readResource(ReadResourceRequest.builder(uri).build()).contents();
    return new JsonObject(((TextResourceContents) contents.get(0)).text());
  }

  @Test
  void listsThreeResources() {
    assertEquals(
        List.of("api://providers", "api://routing", "api://usage"),
        reader.listResources().resources().stream().map(Resource::uri).sorted().toList());
  }

  @Test
  void joinsProvidersWithTheirMaskedKeys() {
    var json = read("api://providers");
    assertEquals("openai", json.getJsonArray("providers").getJsonObject(0).getString("provider"));
    assertEquals(
        "sk-ant-api03-…x9AA",
        json.getJsonArray("keys_without_provider").getJsonObject(0).getString("masked"));
  }

  @Test
  void readsWellInAnEmptyInstallation() {
    var keys = server.rooms.keys;
    server.rooms.keys = List.of();
    try {
      var json = read("api://providers");
      assertFalse(json.containsKey("keys_without_provider"));
      assertTrue(
          json.getJsonArray("providers").getJsonObject(0).getJsonArray("key_list").isEmpty());
    } finally {
      server.rooms.keys = keys;
    }
  }

  @Test
  void readsTheUsage() {
    assertEquals(
        450_000,
        read("api://usage")
            .getJsonObject("providers")
            .getJsonObject("anthropic")
            .getInteger("total_tokens"));
  }

  @Test
  void readsTheRouting() {
    assertEquals(
        "chat", read("api://routing").getJsonArray("tasks").getJsonObject(0).getString("task"));
  }

  @Test
  void refusesAnUnknownResource() {
    var error = assertThrows(McpError.class, () -> read("api://secrets"));
    assertEquals(-32002, error.getJsonRpcError().code());
  }

  @Test
  void turnsAFailureIntoAnErrorWithItsProblem() {
    var error = McpProblems.error(new Failure(Code.UNAVAILABLE, "try again shortly"), "req_1");
    assertEquals("try again shortly", error.getJsonRpcError().message());
    assertEquals("unavailable", ((Map<?, ?>) error.getJsonRpcError().data()).get("code"));
  }

  @Test
  void everyResourceHasADescription() {
    for (var resource : Resources.all(server.bus)) {
      assertTrue(resource.card().description().length() > 20);
    }
  }
}

package io.commandcenter.akm.mcp;

import static io.commandcenter.akm.mcp.McpServerFixture.call;
import static io.commandcenter.akm.mcp.McpServerFixture.structured;
import static io.commandcenter.akm.mcp.McpServerFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.AccessCalls;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Budgets, and what is counted in them. */
class MoneyToolsTest {
  private static McpServerFixture server;
  private static McpSyncClient admin;
  private static McpSyncClient client;

  @BeforeAll
  static void start() throws Exception {
    server = new McpServerFixture();
    admin = server.client("admin");
    client = server.client("client");
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    admin.close();
    server.close();
  }

  @BeforeEach
  void forget() {
    server.rooms.asked.clear();
    server.rooms.month = MoneyFakes.month("50.00", "hard", "file");
    server.rooms.limits = List.of();
  }

  private static JsonObject problem(CallToolResult result) {
    assertTrue(result.isError());
    return new JsonObject(((TextContent) result.content().get(1)).text());
  }

  private static JsonObject json(CallToolResult result) {
    assertFalse(result.isError(), () -> text(result));
    return new JsonObject(structured(result));
  }

  private static <T> T lastAsked(Class<T> type) {
    return server.rooms.asked.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  @Test
  void showsTheMonthWithABarAndAForecast() {
    var result = call(client, "check_budget", Map.of());
    var month = json(result).getJsonObject("month");
    assertEquals(70.0, month.getDouble("percent"));
    assertEquals("file", month.getString("source"));
    assertTrue(text(result).contains("[#######...] 70 %  $20.00 of $50.00 spent"), text(result));
    assertTrue(text(result).contains("$15.00 left; at this pace $60.00"), text(result));
    assertTrue(text(result).contains("above the budget"), text(result));
    assertTrue(text(result).contains("what does not fit is refused"), text(result));
  }

  @Test
  void saysThatNoBudgetIsSet() {
    server.rooms.month = MoneyFakes.month(null, "none", "none");
    var result = call(client, "check_budget", Map.of());
    assertNull(json(result).getJsonObject("month").getValue("percent"));
    assertTrue(text(result).contains("No budget is set"), text(result));
  }

  @Test
  void showsTheCallingTokensOwnLimits() {
    server.rooms.limits =
        List.of(MoneyFakes.limit("day", "2.00", "0.50"), MoneyFakes.limit("total", "9.00", "9.00"));
    var result = call(client, "check_budget", Map.of());
    assertEquals("tok_client", lastAsked(AccessCalls.ShowToken.class).tokenId());
    assertEquals("tok_client", lastAsked(AccessCalls.ShowToken.class).within());
    var limits = json(result).getJsonArray("token_limits");
    assertEquals(25.0, limits.getJsonObject(0).getDouble("percent"));
    assertTrue(text(result).contains("[##........] 25 %"), text(result));
    assertTrue(text(result).contains("[##########] 100 %"), text(result));
  }

  /** Seen failing with the caller's reach left out of the question. */
  @Test
  void keepsOtherTokensLimitsFromAClient() {
    var asked = Map.<String, Object>of("token_id", "tok_other");
    assertEquals("not-found", problem(call(client, "check_budget", asked)).getString("code"));
    assertEquals("tok_other", json(call(admin, "check_budget", asked)).getString("token_id"));
  }
}

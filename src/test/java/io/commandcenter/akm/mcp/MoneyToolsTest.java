package io.commandcenter.akm.mcp;

import static io.commandcenter.akm.mcp.McpServerFixture.call;
import static io.commandcenter.akm.mcp.McpServerFixture.structured;
import static io.commandcenter.akm.mcp.McpServerFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.TrackCalls;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
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

  @Test
  void setsTheBudgetOverTheConfigurations() {
    var result = call(admin, "set_budget", Map.of("monthly_usd", 12.5, "hard", false));
    assertEquals(
        new BudgetCalls.SetBudget(new BigDecimal("12.5"), false, null, "tok_admin"),
        lastAsked(BudgetCalls.SetBudget.class));
    assertEquals("set", json(result).getString("source"));
    assertTrue(text(result).startsWith("In force from the next request on."), text(result));
    assertTrue(text(result).contains("[##########] 280 %"), text(result));
  }

  @Test
  void goesBackToTheConfigurationsBudget() {
    var result = call(admin, "set_budget", Map.of("remove", true));
    assertEquals("file", json(result).getString("source"));
    assertTrue(text(result).contains("configuration is in force"), text(result));
  }

  @Test
  void refusesABudgetThatSaysNothing() {
    var problem = problem(call(admin, "set_budget", Map.of()));
    assertTrue(problem.getString("detail").contains("`monthly_usd`"), problem.encode());
    assertTrue(server.rooms.asked.isEmpty());
  }

  @Test
  void keepsTheBudgetFromAnOperator() {
    try (var operator = server.client("operator")) {
      var problem = problem(call(operator, "set_budget", Map.of("monthly_usd", 1000)));
      assertEquals("forbidden", problem.getString("code"));
      assertTrue(server.rooms.asked.isEmpty());
    }
  }

  @Test
  void recordsARequestOnceAndShowsWhatIsLeft() {
    server.rooms.limits = List.of(MoneyFakes.limit("day", "2.00", "0.50"));
    var request =
        Map.<String, Object>of(
            "request_id",
            "msg_1",
            "provider",
            "anthropic",
            "model",
            "claude",
            "input_tokens",
            1000,
            "output_tokens",
            20,
            "tags",
            Map.of("team", "blue"));
    var first = call(client, "track_request", request);
    assertEquals(0.0123, json(first).getDouble("cost_usd"));
    assertFalse(json(first).getBoolean("duplicate"));
    assertTrue(text(first).startsWith("Recorded msg_1: $0.0123."), text(first));
    assertTrue(text(first).contains("$14.50 is left"), text(first));
    assertTrue(text(first).contains("[##........] 25 %"), text(first));
    var asked = lastAsked(TrackCalls.Track.class);
    assertEquals("tok_client ok", asked.principal() + " " + asked.outcome());
    assertEquals(Map.of("team", "blue"), asked.tags());
    var second = call(client, "track_request", request);
    assertTrue(json(second).getBoolean("duplicate"));
    assertTrue(text(second).contains("nothing was added"), text(second));
  }

  @Test
  void recordsNothingForAReadOnlyToken() {
    try (var reader = server.client("read-only")) {
      var problem =
          problem(
              call(
                  reader,
                  "track_request",
                  Map.of("request_id", "r", "provider", "anthropic", "model", "claude")));
      assertEquals("forbidden", problem.getString("code"));
    }
  }

  @Test
  void namesTheTagThatIsNoText() {
    var problem =
        problem(
            call(
                client,
                "track_request",
                Map.of(
                    "request_id",
                    "r",
                    "provider",
                    "anthropic",
                    "model",
                    "claude",
                    "tags",
                    Map.of("team", 7))));
    assertEquals("`tags` must be a string", problem.getString("detail"));
  }
}

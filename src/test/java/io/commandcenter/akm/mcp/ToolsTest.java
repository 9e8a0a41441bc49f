package io.commandcenter.akm.mcp;

import static io.commandcenter.akm.mcp.McpServerFixture.call;
import static io.commandcenter.akm.mcp.McpServerFixture.structured;
import static io.commandcenter.akm.mcp.McpServerFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.StatsCalls;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.VaultCalls;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ToolsTest {
  private static McpServerFixture server;
  private static McpSyncClient admin;

  @BeforeAll
  static void start() throws Exception {
    server = new McpServerFixture();
    admin = server.client("admin");
  }

  @AfterAll
  static void stop() throws Exception {
    admin.close();
    server.close();
  }

  @BeforeEach
  void forget() {
    server.rooms.asked.clear();
    server.rooms.router = FakeRooms::route;
    server.rooms.keys = List.of(FakeRooms.key("main", "active"), FakeRooms.key("old", "revoked"));
  }

  private static Record lastAsked() {
    return server.rooms.asked.get(server.rooms.asked.size() - 1);
  }

  private static JsonObject problem(CallToolResult result) {
    assertTrue(result.isError());
    assertNull(result.structuredContent());
    return new JsonObject(((TextContent) result.content().get(1)).text());
  }

  @Test
  void tellsItsNameAndHowToUseIt() {
    var result = admin.getCurrentInitializationResult();
    assertEquals("akm", result.serverInfo().name());
    assertEquals("API Key Manager", result.serverInfo().title());
    assertEquals("1.2.3", result.serverInfo().version());
    assertTrue(result.instructions().contains("one-time link"));
    assertEquals("2025-11-25", result.protocolVersion());
  }

  @Test
  void listsEveryToolDescribed() {
    var tools = admin.listTools().tools();
    assertEquals(
        List.of(
            "list_api_keys",
            "add_api_key",
            "rotate_key",
            "remove_api_key",
            "validate_key",
            "validate_all_keys",
            "get_usage",
            "get_provider_stats",
            "estimate_cost",
            "check_budget",
            "set_budget",
            "track_request",
            "route_request",
            "explain_decision",
            "get_routing_recommendations",
            "get_audit_log",
            "panic"),
        tools.stream().map(Tool::name).toList());
    for (var tool : tools) {
      assertNotNull(tool.title());
      assertTrue(tool.description().length() > 80);
      assertEquals(false, tool.inputSchema().get("additionalProperties"));
      assertEquals("urn:akm:tool:" + tool.name() + ":output", tool.outputSchema().get("$id"));
      assertNotNull(tool.annotations().readOnlyHint());
    }
  }

  @Test
  void addsAKeyFromTheEnvironment() {
    var arguments =
        Map.<String, Object>of(
            "provider", "anthropic", "label", "main", "env_var", "ANTHROPIC_API_KEY");
    var result = call(admin, "add_api_key", arguments);
    assertEquals("stored", structured(result).get("status"));
    assertEquals("key_main", structured(result).get("key_id"));
    var asked = assertInstanceOf(VaultCalls.AddFromEnvironment.class, lastAsked());
    assertEquals("ANTHROPIC_API_KEY", asked.envVar());
    assertEquals("tok_admin", asked.by());
  }

  @Test
  void refusesWithAOneTimeLinkWhereTheClientCannotShowIt() {
    var arguments = Map.<String, Object>of("provider", "anthropic", "label", "main");
    var error =
        assertThrows(McpError.class, () -> call(admin, "add_api_key", arguments)).getJsonRpcError();
    assertEquals(-32042, error.code());
    assertTrue(error.message().contains("http://127.0.0.1/enter/tok"), error.message());
    assertTrue(error.message().contains("code: 482-915"), error.message());
    assertTrue(error.message().contains("entry_id ent_1"), error.message());
    assertTrue(error.data().toString().contains("elicitationId=ent_1"));
    assertEquals("add", ((EntryCalls.BeginEntry) lastAsked()).purpose());
  }

  @Test
  void answersWithAOneTimeLinkWhereNoRefusalHoldsOne() throws TimeoutException {
    var raw = new RawMcp(server.vertx, server.uri, McpServerFixture.bearer("operator"));
    var arguments = new JsonObject().put("provider", "anthropic").put("label", "main");
    var result =
        raw.session("2025-06-18")
            .with("Mcp-Protocol-Version", "2025-06-18")
            .post(RawMcp.call(1, "add_api_key", arguments))
            .json()
            .getJsonObject("result");
    var structured = result.getJsonObject("structuredContent");
    assertEquals("waiting", structured.getString("status"));
    assertEquals("http://127.0.0.1/enter/tok", structured.getString("url"));
    assertEquals("482-915", structured.getString("code"));
    assertTrue(result.encode().contains("confirmation code 482-915"));
  }

  @Test
  void showsTheLinkToThePersonWhenTheClientCan() throws Exception {
    var shown = new AtomicReference<String>();
    var completed = new AtomicReference<String>();
    var done = new CountDownLatch(1);
    try (var client =
        server.clientThatOpensLinks(
            "operator",
            spec ->
                spec.urlElicitation(
                        asked -> {
                          shown.set(asked.url() + " " + asked.message());
                          return ElicitResult.builder(ElicitResult.Action.ACCEPT).build();
                        })
                    .elicitationCompleteConsumer(
                        told -> {
                          completed.set(told.elicitationId());
                          done.countDown();
                        }))) {
      var result =
          call(
              client,
              "rotate_key",
              Map.of("provider", "anthropic", "label", "main", "wait_seconds", 0));
      assertEquals(
          "http://127.0.0.1/enter/tok Enter the anthropic key \"main\" on this page of the API Key"
              + " Manager. Confirmation code: 482-915",
          shown.get());
      assertEquals("waiting", structured(result).get("status"));
      assertEquals("rotate", ((EntryCalls.BeginEntry) server.rooms.asked.get(0)).purpose());
      server.bus.publish(
          Facts.KEY_CHANGED,
          new Facts.KeyChanged("key_1", "anthropic", "main", "active", 2, "rotated", "ent_1"));
      assertTrue(done.await(10, TimeUnit.SECONDS));
      assertEquals("ent_1", completed.get());
    }
  }

  @Test
  void saysWhenThePersonDeclined() {
    try (var client =
        server.clientThatOpensLinks(
            "operator",
            spec ->
                spec.urlElicitation(
                    asked -> ElicitResult.builder(ElicitResult.Action.DECLINE).build()))) {
      var result = call(client, "add_api_key", Map.of("provider", "anthropic", "label", "main"));
      assertEquals("declined", structured(result).get("status"));
    }
  }

  @Test
  void handsTheLinkOverWhenShowingItFails() {
    try (var client =
        server.clientThatOpensLinks(
            "operator",
            spec ->
                spec.urlElicitation(
                    asked -> {
                      throw new IllegalStateException("no browser");
                    }))) {
      var result = call(client, "add_api_key", Map.of("provider", "anthropic", "label", "main"));
      assertEquals("waiting", structured(result).get("status"));
      assertTrue(text(result).startsWith("Nothing is stored yet"));
    }
  }

  @Test
  void rotatesFromTheEnvironment() {
    var arguments =
        Map.<String, Object>of("provider", "anthropic", "label", "main", "env_var", "NEW_KEY");
    var result = call(admin, "rotate_key", arguments);
    assertEquals("stored", structured(result).get("status"));
    assertEquals("canary", structured(result).get("stage"));
    assertTrue(text(result).contains("5 % of its requests try the new version"), text(result));
    assertInstanceOf(RotationCalls.RotateFromEnvironment.class, lastAsked());
  }

  @Test
  void saysThatTheProviderRefusedTheNewKeyOfARotation() {
    var arguments =
        Map.<String, Object>of("provider", "anthropic", "label", "main", "env_var", "BAD_KEY");
    var result = call(admin, "rotate_key", arguments);
    assertEquals("refused", structured(result).get("status"));
    assertTrue(text(result).contains("the old one stays in use"), text(result));
  }

  @Test
  void validatesEveryKeyOfAProviderThatIsNotRevoked() {
    var result = call(admin, "validate_key", Map.of("provider", "anthropic"));
    assertEquals(1, structured(result).get("valid"));
    assertEquals("key_main", ((VaultCalls.ChangeKey) lastAsked()).keyId());
  }

  @Test
  void validatesOneKeyByItsId() {
    var result = call(admin, "validate_key", Map.of("key_id", "key_7"));
    assertTrue(text(result).startsWith("1 of 1 valid"));
    assertEquals("key_7", ((VaultCalls.ChangeKey) lastAsked()).keyId());
  }

  @Test
  void namesTheLabelsWhenNoneFits() {
    var problem =
        problem(call(admin, "validate_key", Map.of("provider", "anthropic", "label", "nope")));
    assertEquals("not-found", problem.getString("code"));
    assertTrue(problem.getString("detail").contains("main"));
  }

  @Test
  void tellsToAddAKeyWhenThereIsNoneToValidate() {
    server.rooms.keys = List.of();
    var result = call(admin, "validate_key", Map.of("provider", "anthropic"));
    assertTrue(problem(result).getString("detail").contains("add_api_key"));
  }

  @Test
  void wantsAKeyOrAProviderToValidate() {
    assertEquals("bad-request", problem(call(admin, "validate_key", Map.of())).getString("code"));
  }

  @Test
  void givesTheUsageInItsShape() {
    var result = call(admin, "get_usage", Map.of());
    var usage = new JsonObject(structured(result));
    var anthropic = usage.getJsonObject("providers").getJsonObject("anthropic");
    assertEquals(1500, anthropic.getInteger("total_requests"));
    assertEquals(2.25, anthropic.getJsonObject("last_30_days").getDouble("cost"));
    assertEquals(43.25, usage.getDouble("budget_remaining"));
    assertTrue(text(result).contains("Budget 2026-11: $50.00, of which $43.25 is left."));
  }

  @Test
  void saysThatNothingWasUsedYet() {
    var used = server.rooms.used;
    server.rooms.used = Map.of();
    server.rooms.budget = null;
    try {
      var result = call(admin, "get_usage", Map.of());
      assertTrue(text(result).startsWith("Nothing was used yet."));
      assertTrue(text(result).contains("No budget is set."));
    } finally {
      server.rooms.used = used;
      server.rooms.budget = new java.math.BigDecimal("50.00");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"provider", "model", "day"})
  void breaksUsageDown(String by) {
    var result = call(admin, "get_usage", Map.of("by", by, "from", "2026-11-01"));
    var asked = (UsageCalls.Breakdown) lastAsked();
    assertEquals(by, asked.by());
    assertEquals("2026-11-01", asked.from().toString());
    assertTrue(text(result).contains("by " + by));
    assertEquals(
        1,
        new JsonObject(structured(result)).getJsonObject("breakdown").getJsonArray("rows").size());
  }

  @Test
  void breaksDownByProviderWhenOnlyDaysAreGiven() {
    call(admin, "get_usage", Map.of("to", "2026-11-30"));
    assertEquals("provider", ((UsageCalls.Breakdown) lastAsked()).by());
  }

  @Test
  void refusesADayThatIsNone() {
    var problem = problem(call(admin, "get_usage", Map.of("from", "soon")));
    assertTrue(problem.getString("detail").contains("`from`"));
  }

  @Test
  void estimatesACost() {
    var result =
        call(
            admin,
            "estimate_cost",
            Map.of("model", "claude", "input_tokens", 1000, "output_tokens", 500));
    assertEquals(0.0123, structured(result).get("cost_usd"));
    assertTrue(text(result).contains("cost about $0.0123"));
    assertEquals(1000L, ((UsageCalls.Estimate) lastAsked()).inputTokens());
  }

  @Test
  void passesOnWhatTheContractRefuses() {
    var problem = problem(call(admin, "estimate_cost", Map.of("model", "claude")));
    assertTrue(problem.getString("detail").contains("either `input_tokens` or `text`"));
    assertTrue(server.rooms.asked.isEmpty());
  }

  @Test
  void decidesWithoutSendingWhenThereIsNoPrompt() {
    var result = call(admin, "route_request", Map.of("task", "chat"));
    assertTrue(((RouteRequest) lastAsked()).decisionOnly());
    assertTrue(text(result).contains("no-key"));
    assertNull(structured(result).get("text"));
  }

  @Test
  void answersAPromptWithDecisionAttemptsUsageAndCost() {
    var arguments =
        Map.<String, Object>of(
            "task",
            "chat",
            "prompt",
            "Hi",
            "temperature",
            0.5,
            "max_cost_usd",
            0.1,
            "deadline_ms",
            5000);
    var result = call(admin, "route_request", arguments);
    assertTrue(text(result).startsWith("Hello."));
    assertTrue(text(result).contains("anthropic/claude ok; 30 tokens, $0.0123"));
    assertTrue(
        structured(result)
            .keySet()
            .containsAll(List.of("decision", "attempts", "usage", "cost_usd")));
    assertEquals("tok_admin", ((RouteRequest) lastAsked()).principal());
  }

  @Test
  void takesAConversation() {
    var messages = List.of(Map.of("role", "user", "content", "Hi"));
    call(admin, "route_request", Map.of("model", "claude", "messages", messages));
    assertEquals("Hi", ((RouteRequest) lastAsked()).messages().get(0).content());
  }

  @Test
  void showsHowTheProvidersDid() {
    var result = call(admin, "get_provider_stats", Map.of("provider", "openai", "window", "24h"));
    assertEquals(
        """
        the last 24h  attempts  success  p50 ms  p95 ms  tokens     cost   per 1k     errors
        openai              12    90.0%     120     900    1000  $0.0123  $0.0123  timeout 1

        openai is up, 0 usable keys.
        Of openai only the newest attempts count.
        3 more rows are left out; name a provider.""",
        text(result));
    assertTrue(structured(result).get("providers").toString().contains("health=up"));
    assertEquals(
        new StatsCalls.ShowStats("openai", null, "24h", null),
        askedFirst(StatsCalls.ShowStats.class));
  }

  private <T> T askedFirst(Class<T> type) {
    return server.rooms.asked.stream()
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void recommendsWhatTheRecordSuggests() {
    var result = call(admin, "get_routing_recommendations", Map.of());
    assertEquals(
        """
        chat goes to anthropic/claude: Takes it.

        Nothing to recommend.""",
        text(result));
    assertEquals(12, structured(result).get("attempts"));
    var unknown = call(admin, "get_routing_recommendations", Map.of("task", "dreams"));
    assertEquals("unknown-task", problem(unknown).getString("code"));
  }

  @Test
  void explainsADecision() {
    var result = call(admin, "explain_decision", Map.of("decision_id", "dec_1"));
    assertEquals(
        """
        tok_1 asked for chat of the task chat at 2026-11-22T12:00:00Z (request req_1, strategy priority).

        Takes it.

        Candidates:
        1. anthropic/claude: chosen (task-target): first, at most $0.0123
        - openai/gpt: excluded (no-key): it has no key

        Attempts:
        1. openai/gpt: timeout, no answer in time, 900 ms, $0.0123
        1. anthropic/claude: ok, HTTP 200, 40 ms, $0.0123
        In all $0.0123.""",
        text(result));
    assertEquals(
        "not-found",
        problem(call(admin, "explain_decision", Map.of("decision_id", "dec_gone")))
            .getString("code"));
  }

  @Test
  void embedsTexts() {
    var result = call(admin, "route_request", Map.of("task", "embeddings", "input", List.of("a")));
    assertTrue(text(result).startsWith("1 embeddings."));
  }

  @Test
  void tellsTheModelWhatToDoWhenARoomRefuses() {
    var result = call(admin, "add_api_key", Map.of("provider", "nobody", "label", "main"));
    assertEquals("unknown-provider", problem(result).getString("code"));
    assertEquals(404, problem(result).getInteger("status"));
    assertTrue(text(result).contains("What to do: Use one of the named providers."));
  }

  @Test
  void keepsAFaultOfTheServerToItself() {
    server.rooms.router = q -> Future.failedFuture(new IllegalStateException("jdbc:secret"));
    var problem = problem(call(admin, "route_request", Map.of("task", "chat")));
    assertEquals("internal", problem.getString("code"));
    assertFalse(problem.encode().contains("jdbc"));
  }

  @Test
  void givesTheContextOfAFailure() {
    server.rooms.router =
        q ->
            Future.failedFuture(
                new Failure(io.commandcenter.akm.contract.Code.RATE_LIMITED, "wait")
                    .with(Failure.RETRY_AFTER_MS, 700));
    var problem = problem(call(admin, "route_request", Map.of("task", "chat")));
    assertEquals(700, problem.getInteger("retry_after_ms"));
  }

  @Test
  void namesTheKnownArgumentsWhenOneIsUnknown() {
    var problem = problem(call(admin, "get_usage", Map.of("group", "day")));
    assertEquals(
        "unknown argument `group`; known are provider, by, from, to, after",
        problem.getString("detail"));
    assertTrue(server.rooms.asked.isEmpty());
  }

  @Test
  void refusesAnUnknownTool() {
    var error = assertThrows(McpError.class, () -> call(admin, "drop_table", Map.of()));
    assertEquals(-32602, error.getJsonRpcError().code());
    assertTrue(error.getJsonRpcError().message().contains("tools/list"));
  }

  @Test
  void readsTheAuditLogWithItsFilters() {
    var arguments =
        Map.<String, Object>of(
            "subject", "key_main", "action", "key.", "outcome", "ok", "limit", 2, "before", 9);
    var result = call(admin, "get_audit_log", arguments);
    assertEquals(7, new JsonObject(structured(result)).getInteger("next"));
    assertTrue(text(result).contains("key.lease"), text(result));
    assertTrue(text(result).endsWith("Older rows: pass before=7."), text(result));
    assertEquals(
        new AuditCalls.ListAudit(2, 9L, null, "key_main", null, "key.", "ok", null, null),
        lastAsked());
  }

  @Test
  void saysWhichTimeOfTheAuditLogItCannotRead() {
    var problem = problem(call(admin, "get_audit_log", Map.of("since", "yesterday")));
    assertTrue(problem.getString("detail").contains("`since`"), problem.encode());
  }

  @Test
  void saysThatNoRowOfTheAuditLogFits() {
    var result = call(admin, "get_audit_log", Map.of("principal", "nobody"));
    assertTrue(text(result).startsWith("No row fits."), text(result));
  }

  @Test
  void keepsTheAuditLogFromAClientToken() {
    try (var client = server.client("client")) {
      var problem = problem(call(client, "get_audit_log", Map.of()));
      assertEquals("forbidden", problem.getString("code"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"add_api_key", "rotate_key", "validate_key"})
  void refusesToManageKeysWithAClientToken(String tool) {
    try (var client = server.client("client")) {
      var problem = problem(call(client, tool, Map.of("provider", "anthropic", "label", "main")));
      assertEquals("forbidden", problem.getString("code"));
      assertTrue(problem.getString("detail").contains("operator"));
      assertTrue(server.rooms.asked.isEmpty());
    }
  }

  @Test
  void refusesToRouteWithAReadOnlyToken() {
    try (var client = server.client("read-only")) {
      assertEquals(
          "forbidden",
          problem(call(client, "route_request", Map.of("task", "chat"))).getString("code"));
      assertFalse(call(client, "get_usage", Map.of()).isError());
    }
  }
}

package io.commandcenter.akm.mcp;

import static io.commandcenter.akm.mcp.McpServerFixture.call;
import static io.commandcenter.akm.mcp.McpServerFixture.structured;
import static io.commandcenter.akm.mcp.McpServerFixture.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.PanicCalls;
import io.commandcenter.akm.contract.VaultCalls;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Listing, removing, validating and freezing stored keys. */
class KeyToolsTest {
  private static McpServerFixture server;
  private static McpSyncClient operator;

  @BeforeAll
  static void start() throws Exception {
    var usual = McpServerFixture.DEFAULTS;
    server =
        new McpServerFixture(
            new ServerConfig.Mcp(
                usual.maxSessions(),
                usual.maxSessionsPerPrincipal(),
                usual.maxRequestsInFlight(),
                usual.sessionIdle(),
                usual.streamKeep(),
                Duration.ofMillis(300),
                usual.upgradeToSse()));
    operator = server.client("operator");
  }

  @AfterAll
  static void stop() throws Exception {
    operator.close();
    server.close();
  }

  @BeforeEach
  void forget() {
    server.rooms.asked.clear();
    server.rooms.keys = List.of(FakeRooms.key("main", "active"), FakeRooms.key("old", "revoked"));
  }

  private static JsonObject problem(CallToolResult result) {
    assertTrue(result.isError());
    return new JsonObject(((TextContent) result.content().get(1)).text());
  }

  private static JsonObject json(CallToolResult result) {
    assertFalse(result.isError(), () -> text(result));
    return new JsonObject(structured(result));
  }

  private static <T> List<T> asked(Class<T> type) {
    return server.rooms.asked.stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  void listsKeysMasked() {
    var result = call(operator, "list_api_keys", Map.of());
    assertEquals(2, json(result).getInteger("total"));
    assertEquals(
        "sk-ant-api03-…x9AA",
        json(result).getJsonArray("keys").getJsonObject(0).getString("masked"));
    assertTrue(text(result).contains("anthropic/main"), text(result));
  }

  @Test
  void listsTheKeysOfOneState() {
    var result = call(operator, "list_api_keys", Map.of("state", "revoked"));
    assertEquals(1, json(result).getInteger("total"));
    assertTrue(text(result).contains("anthropic/old"), text(result));
  }

  @Test
  void listsAHundredKeysAtOnceAndTheRestAfterwards() {
    server.rooms.keys =
        IntStream.range(0, 230).mapToObj(i -> FakeRooms.key("k" + i, "active")).toList();
    var first = call(operator, "list_api_keys", Map.of());
    assertEquals(100, json(first).getJsonArray("keys").size());
    assertEquals("key_k99", json(first).getString("next"));
    assertTrue(text(first).contains("100 of 230 keys."), text(first));
    assertTrue(text(first).endsWith("More: pass after=key_k99."), text(first));
    var last = call(operator, "list_api_keys", Map.of("after", "key_k199"));
    assertEquals(30, json(last).getJsonArray("keys").size());
    assertNull(json(last).getString("next"));
  }

  @Test
  void saysThatTheKeyBeforeAPageIsGone() {
    var problem = problem(call(operator, "list_api_keys", Map.of("after", "key_gone")));
    assertTrue(problem.getString("detail").contains("without `after`"), problem.encode());
  }

  @Test
  void saysThatThereIsNoKeyToList() {
    server.rooms.keys = List.of();
    assertTrue(text(call(operator, "list_api_keys", Map.of())).contains("add_api_key adds one"));
  }

  @Test
  void removesAKeyByProviderAndLabel() {
    var result = call(operator, "remove_api_key", Map.of("provider", "anthropic", "label", "main"));
    assertEquals("removed", json(result).getString("status"));
    assertEquals("key_main", asked(VaultCalls.ChangeKey.class).get(0).keyId());
    assertEquals("tok_operator", asked(VaultCalls.ChangeKey.class).get(0).by());
    assertTrue(text(result).contains("revoke it there"), text(result));
  }

  @Test
  void saysThatNoKeyIsLeftAfterARemoval() {
    server.rooms.keys = List.of(FakeRooms.key("main", "disabled"));
    var result = call(operator, "remove_api_key", Map.of("key_id", "key_main"));
    assertEquals(0, json(result).getInteger("left"));
    assertTrue(text(result).contains("add another with add_api_key"), text(result));
  }

  @Test
  void saysThatAKeyWasRemovedBefore() {
    for (var name :
        List.of(
            Map.<String, Object>of("key_id", "key_old"),
            Map.<String, Object>of("provider", "anthropic", "label", "old"))) {
      var result = call(operator, "remove_api_key", name);
      assertEquals("already_removed", json(result).getString("status"));
    }
    assertTrue(asked(VaultCalls.ChangeKey.class).isEmpty());
  }

  /** Seen failing with requireOneWay left out: the key of key_id was removed. */
  @ParameterizedTest
  @CsvSource({
    "key_main,anthropic,main",
    "key_main,anthropic,",
    "key_main,,old",
    ",anthropic,",
    ",,main",
    ",,"
  })
  void removesNothingThatIsNotNamedInOneWay(String keyId, String provider, String label) {
    var arguments = new java.util.HashMap<String, Object>();
    arguments.put("key_id", keyId);
    arguments.put("provider", provider);
    arguments.put("label", label);
    var problem = problem(call(operator, "remove_api_key", arguments));
    assertEquals("bad-request", problem.getString("code"));
    assertTrue(problem.getString("detail").contains("list_api_keys"), problem.encode());
    assertTrue(asked(VaultCalls.ChangeKey.class).isEmpty());
  }

  /** Seen failing with the count of the living keys left out: the first of both was removed. */
  @Test
  void removesNeitherOfTwoKeysOfOneLabel() {
    var other =
        io.commandcenter.akm.testkit.KeyInfos.key(
            "key_2", "anthropic", "main", "disabled", 1, 1, FakeRooms.NOON, null);
    server.rooms.keys = List.of(FakeRooms.key("main", "active"), other);
    var problem =
        problem(call(operator, "remove_api_key", Map.of("provider", "anthropic", "label", "main")));
    assertTrue(problem.getString("detail").contains("key_main, key_2"), problem.encode());
    assertTrue(asked(VaultCalls.ChangeKey.class).isEmpty());
  }

  @Test
  void namesTheLabelsWhenTheKeyToRemoveIsNotThere() {
    var problem =
        problem(call(operator, "remove_api_key", Map.of("provider", "anthropic", "label", "x")));
    assertEquals("not-found", problem.getString("code"));
    assertTrue(problem.getString("detail").contains("main, old"), problem.encode());
  }

  @Test
  void validatesEveryKeyThatIsNotRevoked() {
    server.rooms.keys =
        List.of(
            FakeRooms.key("a", "active"),
            FakeRooms.key("gone", "active"),
            FakeRooms.key("old", "revoked"),
            FakeRooms.key("b", "disabled"));
    server.rooms.validator =
        q ->
            q.keyId().equals("key_gone")
                ? Future.failedFuture(new Failure(Code.NOT_FOUND, "no key has this id"))
                : Future.succeededFuture(FakeRooms.check(q));
    try {
      var result = call(operator, "validate_all_keys", Map.of());
      assertEquals(2, json(result).getInteger("valid"));
      assertEquals(0, json(result).getInteger("skipped"));
      assertEquals(
          List.of("valid", "unchecked", "valid"),
          json(result).getJsonArray("checks").stream()
              .map(check -> ((JsonObject) check).getString("outcome"))
              .toList());
      assertTrue(text(result).startsWith("2 of 3 valid."), text(result));
      assertTrue(text(result).contains("rotate_key"), text(result));
    } finally {
      server.rooms.validator = q -> Future.succeededFuture(FakeRooms.check(q));
    }
  }

  @Test
  void saysThatThereIsNoKeyToValidate() {
    server.rooms.keys = List.of();
    assertTrue(text(call(operator, "validate_all_keys", Map.of())).contains("add_api_key"));
  }

  @Test
  void freezesOnlyWhatWasConfirmed() {
    var result =
        call(
            operator,
            "panic",
            Map.of("confirm", "freeze", "provider", "anthropic", "reason", "leaked"));
    var asked = assertInstanceOf(PanicCalls.FreezeKeys.class, server.rooms.asked.get(0));
    assertEquals("anthropic leaked", asked.provider() + " " + asked.reason());
    assertEquals("tok_operator", asked.by());
    assertEquals("akm thaw --provider anthropic", json(result).getString("thaw"));
    assertEquals(1, json(result).getJsonArray("uses").size());
    assertTrue(text(result).contains("To thaw, when it is safe again"), text(result));
    assertTrue(text(result).contains("tok_9"), text(result));
  }

  /** Seen failing with `confirm` optional: everything was frozen. */
  @ParameterizedTest
  @ValueSource(strings = {"", "yes", "true", "Freeze"})
  void freezesNothingWithoutTheWord(String confirm) {
    var arguments = new java.util.HashMap<String, Object>(Map.of("all", true));
    if (!confirm.isEmpty()) {
      arguments.put("confirm", confirm);
    }
    var problem = problem(call(operator, "panic", arguments));
    assertTrue(problem.getString("detail").contains("`confirm`"), problem.encode());
    assertTrue(server.rooms.asked.isEmpty());
  }

  @Test
  void freezesOneThingAtATime() {
    var problem =
        problem(
            call(
                operator, "panic", Map.of("confirm", "freeze", "all", true, "key_id", "key_main")));
    assertTrue(problem.getString("detail").contains("one of `key_id`"), problem.encode());
    assertTrue(server.rooms.asked.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"list_api_keys", "remove_api_key", "validate_all_keys", "panic"})
  void keepsKeysFromAClientToken(String tool) {
    try (var client = server.client("client")) {
      Map<String, Object> arguments =
          tool.equals("panic") ? Map.of("confirm", "freeze", "all", true) : Map.of();
      assertEquals("forbidden", problem(call(client, tool, arguments)).getString("code"));
      assertTrue(server.rooms.asked.isEmpty());
    }
  }

  /** The fixture's listener cuts what is silent for a second: the stream's heart has to beat. */
  @Test
  void tellsWhatWasStoredOnceThePersonIsDone() {
    var looks = new AtomicInteger();
    server.rooms.page = () -> FakeRooms.page(looks.incrementAndGet() < 2 ? "open" : "stored", null);
    try (var client =
        server.clientThatOpensLinks(
            "operator",
            spec ->
                spec.urlElicitation(
                    asked -> ElicitResult.builder(ElicitResult.Action.ACCEPT).build()))) {
      var result = call(client, "add_api_key", Map.of("provider", "anthropic", "label", "main"));
      assertEquals("stored", structured(result).get("status"));
      assertEquals("valid", structured(result).get("check"));
      assertTrue(text(result).startsWith("Stored anthropic/main: key_main"), text(result));
    } finally {
      server.rooms.page = () -> FakeRooms.page("open", null);
    }
  }
}

package io.commandcenter.akm.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AuditCalls;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RotationCalls;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.SealCalls;
import io.commandcenter.akm.contract.ShareCalls;
import io.commandcenter.akm.contract.TrackCalls;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.VaultCalls;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.http.FakeRooms;
import io.commandcenter.akm.http.Listening;
import io.commandcenter.akm.http.Tokens;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminSurfaceTest {
  private static final String CANARY = "sk-ant-api03-" + "c".repeat(93) + "AA";

  private static Listening server;
  private static FakeRooms rooms;

  @BeforeAll
  static void start() {
    server = new Listening();
    rooms = new FakeRooms(server.bus).all();
    server.startLoaded((vertx, bus) -> AdminSurface.load(vertx, bus, server.config).map(List::of));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    rooms.asked.clear();
    rooms.failing.clear();
  }

  private static HttpResponse<Buffer> post(String path, JsonObject body) {
    return server.post("/api/v1" + path, Tokens.ADMIN, body);
  }

  private static JsonObject get(String path) {
    return Listening.await(server.request(HttpMethod.GET, "/api/v1" + path, Tokens.OPERATOR).send())
        .bodyAsJsonObject();
  }

  private static int change(String path) {
    return Listening.await(
            server.request(HttpMethod.POST, "/api/v1" + path, Tokens.OPERATOR).send())
        .statusCode();
  }

  private static HttpResponse<Buffer> postNothing(String path) {
    return Listening.await(server.request(HttpMethod.POST, "/api/v1" + path, Tokens.ADMIN).send());
  }

  private static JsonObject newKey() {
    return new JsonObject().put("provider", "anthropic").put("label", "main");
  }

  @ParameterizedTest
  @CsvSource({
    "/providers,providers",
    "/keys,keys",
    "/keys/key_1,key_id",
    "/usage,total_cost",
    "/usage/breakdown?by=day,rows",
    "/routing,fallback_order",
    "/budget,limit_usd",
    "/health,providers",
    "/audit,rows",
    "/vault/seal,generation",
    "/vault/rekey,state",
    "/tokens,tokens"
  })
  void answersEveryReadWithItsRecord(String path, String member) {
    var answer = server.get("/api/v1" + path, Tokens.ADMIN);
    assertEquals(200, answer.statusCode());
    assertTrue(answer.bodyAsJsonObject().containsKey(member));
  }

  @Test
  void servesItsOwnContract() {
    var answer = server.get("/api/v1/openapi.yaml", Tokens.READ_ONLY);
    assertEquals("application/yaml", answer.getHeader("Content-Type"));
    assertTrue(answer.bodyAsString().startsWith("openapi: 3.1.0"));
  }

  @Test
  void passesTheQueryOfTheBreakdownOn() {
    server.get(
        "/api/v1/usage/breakdown?by=model&from=2026-11-01&to=2026-11-02&provider=openai",
        Tokens.READ_ONLY);
    assertEquals(
        new UsageCalls.Breakdown(
            "model", LocalDate.parse("2026-11-01"), LocalDate.parse("2026-11-02"), "openai"),
        rooms.asked(UsageCalls.BREAKDOWN));
  }

  @Test
  void passesThePageOfTheAuditLogOn() {
    server.get("/api/v1/audit?limit=3&before=99", Tokens.OPERATOR);
    assertEquals(new AuditCalls.ListAudit(3, 99L), rooms.asked(AuditCalls.LIST));
  }

  @ParameterizedTest
  @CsvSource({"master,200", "confirm,200", "data,202"})
  void rekeysInTheNameOfTheCaller(String which, int status) {
    var answer = postNothing("/vault/rekey/" + which);
    assertEquals(status, answer.statusCode());
    assertEquals("running", answer.bodyAsJsonObject().getString("state"));
    var call =
        switch (which) {
          case "master" -> SealCalls.REKEY_MASTER;
          case "data" -> SealCalls.REKEY_DATA;
          default -> SealCalls.CONFIRM;
        };
    assertEquals("tok_admin", rooms.asked(call).by());
  }

  @Test
  void passesTheFiltersOfTheAuditLogOn() {
    server.get(
        "/api/v1/audit?after=4&subject=key_1&principal=tok_1&action=key.&outcome=denied"
            + "&since=2026-11-22T10:00:00Z&until=2026-11-23T00:00:00Z",
        Tokens.OPERATOR);
    assertEquals(
        new AuditCalls.ListAudit(
            null,
            null,
            4L,
            "key_1",
            "tok_1",
            "key.",
            "denied",
            Instant.parse("2026-11-22T10:00:00Z"),
            Instant.parse("2026-11-23T00:00:00Z")),
        rooms.asked(AuditCalls.LIST));
  }

  @Test
  void hasTheAuditLogVerifiedAndExportedForTheCaller() {
    post("/audit/verify", new JsonObject().put("since", "2026-11-22T10:00:00Z"));
    assertEquals(Instant.parse("2026-11-22T10:00:00Z"), rooms.asked(AuditCalls.VERIFY).since());
    post("/audit/export", new JsonObject().put("format", "csv"));
    assertEquals("csv", rooms.asked(AuditCalls.EXPORT).format());
    assertTrue(rooms.asked(AuditCalls.EXPORT).by().startsWith("tok_"));
  }

  @Test
  void sealsAKeyFromTheBodyWithoutSpacesAround() {
    var answer = post("/keys", newKey().put("key", "  " + CANARY + "\n").put("weight", 7));
    assertEquals(201, answer.statusCode());
    var sealed = rooms.asked(VaultCalls.SEAL);
    assertEquals(Secret.of(CANARY), sealed.secret());
    assertEquals(7, sealed.weight());
    assertEquals("tok_admin", sealed.by());
    assertFalse(answer.bodyAsString().contains(CANARY));
  }

  @Test
  void addsAKeyFromTheEnvironment() {
    assertEquals(201, post("/keys", newKey().put("env_var", "SOME_KEY")).statusCode());
    assertEquals("SOME_KEY", rooms.asked(VaultCalls.ADD_FROM_ENVIRONMENT).envVar());
  }

  @Test
  void answersWithAOneTimeLinkWithoutAKey() {
    var answer = post("/keys", newKey().putNull("key"));
    assertEquals(202, answer.statusCode());
    assertEquals(FakeRooms.LINK.url(), answer.bodyAsJsonObject().getString("url"));
    assertEquals("add", rooms.asked(EntryCalls.BEGIN_ENTRY).purpose());
  }

  @Test
  void refusesAKeyTogetherWithAnEnvironmentVariable() {
    var answer = post("/keys", newKey().put("key", CANARY).put("env_var", "SOME_KEY"));
    assertEquals(400, answer.statusCode());
    assertFalse(answer.bodyAsString().contains(CANARY));
  }

  @Test
  void keepsWhatIsSaidOfTheKeyWithTheOneTimePage() {
    var end = "2027-01-01T00:00:00Z";
    var body =
        newKey()
            .put("weight", 7)
            .put("expires_at", end)
            .put("tags", new JsonArray().add("eu"))
            .put("owner", "Ada")
            .put("max_age_days", 90);
    assertEquals(202, post("/keys", body).statusCode());
    assertEquals(
        EntryCalls.EntryTerms.ofNew(7, Instant.parse(end), List.of("eu"), "Ada", 90, null),
        rooms.asked(EntryCalls.BEGIN_ENTRY).terms());

    var rotation = new JsonObject().put("grace_seconds", 60).put("canary_percent", 10);
    assertEquals(202, post("/keys/key_1/rotate", rotation).statusCode());
    assertEquals(
        EntryCalls.EntryTerms.ofNext(60L, 10), rooms.asked(EntryCalls.BEGIN_ENTRY).terms());
  }

  @Test
  void showsTheCodeOfAOneTimePageToWhoeverAskedForIt() {
    assertEquals("482-915", post("/keys", newKey()).bodyAsJsonObject().getString("code"));
  }

  @Test
  void tellsOfEntriesOfOthersToAdminsOnly() {
    assertEquals(200, server.get("/api/v1/entries/entry_1", Tokens.OPERATOR).statusCode());
    assertEquals(
        new EntryCalls.AskEntry("entry_1", "tok_operator", false), rooms.asked(EntryCalls.STATUS));
    server.get("/api/v1/entries/entry_1", Tokens.ADMIN);
    assertTrue(rooms.asked(EntryCalls.STATUS).any());
  }

  @Test
  void sharesAKeyInTheCallersName() {
    var body = new JsonObject().put("for_token", "tok_9").put("ttl_seconds", 60);
    var answer = post("/keys/key_1/share", body);
    assertEquals(201, answer.statusCode());
    assertEquals("akmw_new", answer.bodyAsJsonObject().getString("wrap_token"));
    assertEquals(
        new ShareCalls.ShareKey("key_1", "tok_9", 60L, "tok_admin"), rooms.asked(ShareCalls.SHARE));
    assertEquals(400, post("/keys/key_1/share", body.put("ttl_seconds", 601)).statusCode());
  }

  @Test
  void unwrapsOnceOverHttpAndForbidsCaches() {
    var token = "akmw_" + "a1B2c".repeat(9).substring(2) + "_0123abcd";
    var answer = post("/unwrap", new JsonObject().put("wrap_token", token));
    assertEquals(200, answer.statusCode());
    assertEquals(FakeRooms.UNWRAPPED, answer.bodyAsJsonObject().getString("key"));
    assertEquals("key_1", answer.bodyAsJsonObject().getString("key_id"));
    assertEquals("no-store", answer.getHeader("Cache-Control"));
    assertEquals("application/json", answer.getHeader("Content-Type"));
    assertEquals(400, post("/unwrap", new JsonObject()).statusCode());
  }

  @Test
  void refusesAWrapTokenAnywhereElse() {
    var token = "akmw_" + "a1B2c".repeat(9).substring(2) + "_0123abcd";
    var answer = post("/keys", newKey().put("label", token));
    assertEquals(422, answer.statusCode());
    assertFalse(answer.bodyAsString().contains(token));
  }

  @Test
  void rotatesAKeyByItsId() {
    var body =
        new JsonObject()
            .put("key", CANARY)
            .put("grace_seconds", 60)
            .put("rotation_id", "rot_mine")
            .put("canary_percent", 7);
    var answer = post("/keys/key_1/rotate", body);
    assertEquals(200, answer.statusCode());
    assertEquals("canary", answer.bodyAsJsonObject().getString("state"));
    var rotated = rooms.asked(RotationCalls.ROTATE);
    assertEquals("main", rotated.label());
    assertEquals(60L, rotated.graceSeconds());
    assertEquals("rot_mine", rotated.rotationId());
    assertEquals(7, rotated.canaryPercent());
    assertEquals(Secret.of(CANARY), rotated.secret());
  }

  @Test
  void showsCancelsAndAdvancesRotations() {
    assertEquals(
        "rot_1",
        get("/rotations?key_id=key_1&limit=3")
            .getJsonArray("rotations")
            .getJsonObject(0)
            .getString("rotation_id"));
    assertEquals("key_1", rooms.asked(RotationCalls.LIST).keyId());
    assertEquals(3, rooms.asked(RotationCalls.LIST).limit());
    assertEquals("canary", get("/rotations/rot_1").getString("state"));
    assertEquals(200, change("/rotations/rot_1/cancel"));
    assertEquals("rot_1", rooms.asked(RotationCalls.CANCEL).rotationId());
    assertEquals(200, change("/rotations/rot_1/advance"));
    assertEquals("rot_1", rooms.asked(RotationCalls.ADVANCE).rotationId());
  }

  @Test
  void rotatesAKeyFromTheEnvironment() {
    var body = new JsonObject().put("env_var", "SOME_KEY");
    assertEquals(200, post("/keys/key_1/rotate", body).statusCode());
    assertNull(rooms.asked(RotationCalls.ROTATE_FROM_ENVIRONMENT).graceSeconds());
  }

  @Test
  void answersARotationWithoutABodyWithALink() {
    var answer =
        Listening.await(
            server.request(HttpMethod.POST, "/api/v1/keys/key_1/rotate", Tokens.OPERATOR).send());
    assertEquals(202, answer.statusCode());
    assertEquals("rotate", rooms.asked(EntryCalls.BEGIN_ENTRY).purpose());
  }

  @ParameterizedTest
  @ValueSource(strings = {"validate", "disable", "enable"})
  void changesAKeyInTheCallersName(String change) {
    var answer =
        Listening.await(
            server
                .request(HttpMethod.POST, "/api/v1/keys/key_9/" + change, Tokens.OPERATOR)
                .send());
    assertEquals(200, answer.statusCode());
    assertEquals(
        new VaultCalls.ChangeKey("key_9", "tok_operator"),
        rooms.asked.values().stream()
            .filter(VaultCalls.ChangeKey.class::isInstance)
            .findFirst()
            .orElseThrow());
  }

  @Test
  void deletesAKey() {
    var answer =
        Listening.await(
            server.request(HttpMethod.DELETE, "/api/v1/keys/key_9", Tokens.OPERATOR).send());
    assertEquals(200, answer.statusCode());
    assertEquals("key_9", rooms.asked(VaultCalls.DELETE).keyId());
  }

  @Test
  void routesInTheNameOfTheToken() {
    var body =
        new JsonObject()
            .put("task", "chat")
            .put("prompt", "what is " + CANARY + "?")
            .put("max_cost_usd", 0.25)
            .put("tags", new JsonObject().put("team", "a"));
    var answer = server.post("/api/v1/route", Tokens.CLIENT, body);
    assertEquals(200, answer.statusCode());
    assertEquals("Hello", answer.bodyAsJsonObject().getString("text"));
    assertEquals("tok_client", rooms.asked(RouterCalls.ROUTE).principal());
    assertEquals("0.25", rooms.asked(RouterCalls.ROUTE).maxCostUsd().toPlainString());
  }

  @Test
  void refusesAPrincipalInTheBody() {
    var body = new JsonObject().put("prompt", "hi").put("principal", "tok_admin");
    var answer = post("/route", body);
    assertEquals(400, answer.statusCode());
    assertTrue(answer.bodyAsString().contains("unknown field; known are deadline_ms"));
  }

  @Test
  void estimatesACost() {
    var body = new JsonObject().put("model", "claude-x").put("input_tokens", 1000);
    assertEquals(200, post("/estimate", body).statusCode());
    assertEquals(1000L, rooms.asked(UsageCalls.ESTIMATE).inputTokens());
  }

  @Test
  void setsTheBudgetInTheNameOfTheAdmin() {
    var body = new JsonObject().put("monthly_usd", 12.5).put("hard", true);
    var answer =
        Listening.await(
            server.request(HttpMethod.PUT, "/api/v1/budget", Tokens.ADMIN).sendJsonObject(body));
    assertEquals(200, answer.statusCode());
    assertEquals("set", answer.bodyAsJsonObject().getString("source"));
    assertEquals("tok_admin", rooms.asked(BudgetCalls.SET_BUDGET).by());
  }

  @Test
  void recordsARequestOfTheCallingToken() {
    var body =
        new JsonObject().put("request_id", "r1").put("provider", "anthropic").put("model", "m");
    assertEquals(200, post("/usage", body).statusCode());
    assertEquals("tok_admin", rooms.asked(TrackCalls.TRACK).principal());
    // A principal of the caller's own making is no member of the contract.
    assertEquals(400, post("/usage", body.copy().put("principal", "tok_other")).statusCode());
    assertEquals(400, post("/usage", body.copy().put("outcome", "fine")).statusCode());
  }

  @Test
  void mintsATokenInTheNameOfTheMinter() {
    var answer = post("/tokens", new JsonObject().put("name", "ci").put("scope", "client"));
    assertEquals(201, answer.statusCode());
    assertEquals("akm_client_new", answer.bodyAsJsonObject().getString("token"));
    assertEquals("tok_admin", rooms.asked(AccessCalls.MINT).by().id());
  }

  @Test
  void revokesAToken() {
    var answer =
        Listening.await(
            server.request(HttpMethod.DELETE, "/api/v1/tokens/tok_7", Tokens.ADMIN).send());
    assertEquals(200, answer.statusCode());
    assertEquals(
        new AccessCalls.RevokeToken("tok_7", "tok_admin"), rooms.asked(AccessCalls.REVOKE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"provider\":\"anthropic\",\"label\":\"%s\"}",
        "{\"provider\":\"anthropic\",\"label\":\"a\",\"api_key\":\"%s\"}",
        "{\"provider\":\"anthropic\",\"label\":\"a\",\"x\":{\"y\":[\"use %s now\"]}}",
        "{\"provider\":\"anthropic\",\"label\":\"a\",\"%s\":1}"
      })
  void refusesAKeyAnywhereButInItsField(String body) {
    var answer =
        server.postText("/api/v1/keys", Tokens.ADMIN, "application/json", body.formatted(CANARY));
    assertEquals(422, answer.statusCode());
    assertFalse(answer.bodyAsString().contains(CANARY));
    assertTrue(rooms.asked.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/keys/%s", "/keys?provider=%s", "/keys?%s=1"})
  void refusesAKeyInTheUrl(String path) {
    var answer = server.get("/api/v1" + path.formatted(CANARY), Tokens.ADMIN);
    assertEquals(422, answer.statusCode());
    assertFalse(answer.bodyAsString().contains(CANARY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"provider\":\"a\"}|a required field is missing; required are provider, label",
        "{\"provider\":\"a\",\"label\":7}|`label` must be of type string",
        "{\"provider\":\"a\",\"label\":\"b\",\"weight\":5000}|`weight` must be of type integer,"
            + " minimum 1, maximum 1000",
        "{\"provider\":\"a\",\"label\":\"b\",\"expires_at\":\"soon\"}|`expires_at`",
        "{\"provider\":\"a\",\"label\":\"b c\"}|`label` must be 1 to 64 letters",
        "{\"provider\":\"a\",\"label\":\"b\",\"colour\":1}|unknown field; known are env_var",
        "{\"provider\":\"a\",\"label\":\"b\",\"key\":\"short\"}|`key` must be 8 to 4096",
        "{\"provider\":\"a\",\"label\":\"b\",\"key\":12345678}|`key` must be 8 to 4096",
        "{\"provider\":\"a\",\"label\":\"b\",\"key\":\"sekret sekret\"}|`key` must be 8 to 4096",
        "{\"a\":|not valid JSON at line 1, column 6",
        "[]|must be a JSON object",
        "{} {}|must end after one JSON object",
        "{\"label\":\"a\",\"label\":\"b\"}|given twice at line 1, column 22",
        "{\"key\":\"aaaaaaaaa\",\"key\":\"bbbbbbbbb\"}|given twice",
        "''|the body is empty"
      })
  void saysWhatIsWrongWithABody(String body, String expected) {
    var answer = server.postText("/api/v1/keys", Tokens.ADMIN, "application/json", body);
    assertEquals(400, answer.statusCode());
    assertEquals("application/problem+json", answer.getHeader("Content-Type"));
    var detail = answer.bodyAsJsonObject().getString("detail");
    assertTrue(detail.contains(expected), detail);
    assertFalse(detail.contains("sekret"));
  }

  @Test
  void refusesJsonDeeperThanTheLimitBeforeBuildingIt() {
    var deep = "{\"a\":" + "[".repeat(5000);
    var answer = server.postText("/api/v1/keys", Tokens.ADMIN, "application/json", deep);
    assertEquals(400, answer.statusCode());
    assertTrue(answer.bodyAsString().contains("deeper than 16 levels"));
  }

  @Test
  void refusesInvalidUtf8() {
    var answer =
        Listening.await(
            server
                .request(HttpMethod.POST, "/api/v1/keys", Tokens.ADMIN)
                .putHeader("Content-Type", "application/json")
                .sendBuffer(Buffer.buffer(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe})));
    assertEquals(400, answer.statusCode());
  }

  @Test
  void refusesABodyLargerThanTheAdminLimit() {
    var body = newKey().put("label", "a".repeat(70_000));
    assertEquals(413, post("/keys", body).statusCode());
  }

  @Test
  void takesALargerBodyForAPrompt() {
    assertEquals(
        200, post("/route", new JsonObject().put("prompt", "a".repeat(70_000))).statusCode());
  }

  @Test
  void refusesABodyWhereNoneIsExpected() {
    assertEquals(413, post("/keys/key_1/disable", new JsonObject().put("a", 1)).statusCode());
  }

  @Test
  void refusesAnotherContentType() {
    var answer = server.postText("/api/v1/keys", Tokens.ADMIN, "text/plain", "{}");
    assertEquals(415, answer.statusCode());
    assertEquals("application/problem+json", answer.getHeader("Content-Type"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/keys?colour=1|unknown query parameter; known are provider",
        "/budget?a=1|unknown query parameter; none is known here",
        "/audit?limit=0|parameter `limit` is missing or not valid",
        "/audit?limit=x|parameter `limit` is missing or not valid",
        "/audit?limit=1&limit=2|`limit` is given twice",
        "/audit?action=key*|parameter `action` is missing or not valid",
        "/audit?since=yesterday|`since` is no time",
        "/audit?before=2&after=1|give `before` or `after`, not both",
        "/usage/breakdown|parameter `by` is missing or not valid",
        "/usage/breakdown?by=day&from=2026-02-30|`from` is no day of the calendar",
        "/usage/breakdown?by=day&from=2026-02-03&to=2026-02-01|`from` must not be after `to`",
        "/keys?provider=%25zz|does not fit the contract",
        "/keys/a%20b|`key_id` must be 1 to 64 letters"
      })
  void saysWhatIsWrongWithAUrl(String path, String expected) {
    var answer = server.get("/api/v1" + path, Tokens.ADMIN);
    assertEquals(400, answer.statusCode());
    var detail = answer.bodyAsJsonObject().getString("detail");
    assertTrue(detail.contains(expected), detail);
  }

  @Test
  void namesTheMethodsOfAPathThatHasOthers() {
    var answer =
        Listening.await(server.request(HttpMethod.PUT, "/api/v1/keys/key_1", Tokens.ADMIN).send());
    assertEquals(405, answer.statusCode());
    assertEquals("DELETE, GET, PATCH", answer.getHeader("Allow"));
    assertEquals("method-not-allowed", answer.bodyAsJsonObject().getString("code"));
  }

  @Test
  void hasNoPathBeyondItsContract() {
    var answer = server.get("/api/v1/secrets", Tokens.ADMIN);
    assertEquals(404, answer.statusCode());
    assertEquals("urn:akm:error:not-found", answer.bodyAsJsonObject().getString("type"));
  }

  @Test
  void showsARoomsFailureWithItsContextAndRetryAfter() {
    rooms.failing.put(
        RouterCalls.ROUTE.address(),
        new Failure(Code.RATE_LIMITED, "every provider is at its limit")
            .with(Failure.RETRY_AFTER_MS, 1500)
            .with("candidates", new JsonArray().add("anthropic").getList()));
    var answer = post("/route", new JsonObject().put("prompt", "hi"));
    assertEquals(429, answer.statusCode());
    assertEquals("2", answer.getHeader("Retry-After"));
    var problem = answer.bodyAsJsonObject();
    assertEquals("every provider is at its limit", problem.getString("detail"));
    assertEquals(1500, problem.getInteger("retry_after_ms"));
    assertEquals(answer.getHeader("x-request-id"), problem.getString("request_id"));
    assertEquals("anthropic", problem.getJsonArray("candidates").getString(0));
  }
}

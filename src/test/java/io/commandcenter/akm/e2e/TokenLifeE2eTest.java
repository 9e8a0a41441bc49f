package io.commandcenter.akm.e2e;

import static io.commandcenter.akm.testkit.ApiCaller.expect;
import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.crypto.BearerToken;
import io.commandcenter.akm.testkit.ApiCaller;
import io.commandcenter.akm.testkit.McpSession;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens over HTTP and MCP: limits, leases, rotation, and how fast a revocation is felt. */
class TokenLifeE2eTest {
  private static final int FAILURES = 10;

  @TempDir static Path folder;
  private static RunningService service;
  private static ApiCaller api;

  @BeforeAll
  static void start() {
    service = Served.in(folder, FAILURES);
    api = new ApiCaller(service.vertx(), service.url());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static JsonObject client() {
    return new JsonObject().put("name", "agent").put("scope", "client");
  }

  private static JsonObject mint(JsonObject body) {
    return service.post("/api/v1/tokens", body);
  }

  private static JsonObject lease(String parent, JsonObject body) {
    return expect(201, api.post(parent, "/api/v1/tokens/children", body.put("name", "sub")));
  }

  private static JsonObject question() {
    return new JsonObject()
        .put("provider", "anthropic")
        .put("prompt", "How do queues work?")
        .put("max_output_tokens", 100);
  }

  private static JsonObject budget(String id) {
    return service
        .get("/api/v1/tokens/" + id)
        .getJsonObject("token")
        .getJsonArray("budgets")
        .getJsonObject(0);
  }

  @Test
  void aTokenIsNowhereOnTheDiskNorInAnyLaterAnswer() throws IOException {
    var minted = mint(client());
    var rotated =
        expect(
            200,
            api.post(minted.getString("token"), "/api/v1/tokens/self/rotate", new JsonObject()));
    var secrets = List.of(minted.getString("token"), rotated.getString("token"));
    var seen = new StringBuilder();
    for (var path : List.of("/api/v1/tokens", "/api/v1/audit?limit=500")) {
      seen.append(service.get(path));
    }
    seen.append(service.get("/api/v1/tokens/" + minted.getString("token_id")));
    try (var files = Files.walk(folder.resolve("data"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        seen.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    for (var secret : secrets) {
      var random = secret.split("_")[2];
      assertTrue(random.length() == 43);
      assertFalse(seen.toString().contains(random));
    }
  }

  @Test
  void wrongTokensAreThrottledAndValidOnesNeverLockedOut() {
    var known = mint(client()).getString("token");
    var fresh = mint(client()).getString("token");
    assertEquals(200, api.get(known, "/api/v1/budget").statusCode());
    var random = new SecureRandom();
    int last = 0;
    for (int i = 0; i <= FAILURES; i++) {
      var answer = api.get(BearerToken.mint("admin", random), "/api/v1/budget");
      last = answer.statusCode();
      assertTrue(last == 401 || answer.getHeader("Retry-After") != null);
    }
    assertEquals(429, last);
    assertEquals(200, api.get(known, "/api/v1/budget").statusCode());
    assertEquals(200, api.get(fresh, "/api/v1/budget").statusCode());
  }

  /** Seen failing with the fact not heard by the listener: its cache answered for five seconds. */
  @Test
  void aRevocationIsFeltWithinASecondUnderLoad() {
    var bystander = mint(client()).getString("token");
    var loaded = new AtomicBoolean(true);
    var answered = new AtomicInteger();
    // With connections of their own, so that what is measured does not wait for one of theirs.
    var others = new ApiCaller(service.vertx(), service.url());
    var load = new ArrayList<Future<Void>>();
    for (int i = 0; i < 16; i++) {
      load.add(keepAsking(others, bystander, loaded, answered));
    }
    var worst = new Took(0, 0);
    for (int round = 0; round < (Boolean.getBoolean("akm.soak") ? 50 : 5); round++) {
      worst = worst.orWorse(revocation());
    }
    loaded.set(false);
    await(Future.all(load));
    System.out.printf(
        "revocation of a parent, felt by its cached child at worst %.1f ms after it was answered,"
            + " %.1f ms after it was sent, with %d other requests answered meanwhile%n",
        worst.sinceAnswered() / 1e6, worst.sinceSent() / 1e6, answered.get());
    assertTrue(worst.sinceAnswered() < TimeUnit.SECONDS.toNanos(1), worst::toString);
    assertTrue(answered.get() > 50);
  }

  /** Nanoseconds. */
  private record Took(long sinceAnswered, long sinceSent) {
    Took orWorse(Took other) {
      return new Took(
          Math.max(sinceAnswered, other.sinceAnswered), Math.max(sinceSent, other.sinceSent));
    }
  }

  private static Future<Void> keepAsking(
      ApiCaller others, String token, AtomicBoolean on, AtomicInteger answered) {
    return on.get()
        ? others
            .send(token, HttpMethod.GET, "/api/v1/budget", null)
            .compose(
                answer -> {
                  answered.incrementAndGet();
                  return keepAsking(others, token, on, answered);
                })
        : Future.succeededFuture();
  }

  /** The parent's revocation until the child is refused. */
  private static Took revocation() {
    var parent = mint(client());
    var child = lease(parent.getString("token"), new JsonObject()).getString("token");
    assertEquals(200, api.get(child, "/api/v1/budget").statusCode());
    var path = "/api/v1/tokens/" + parent.getString("token_id");
    long sent = System.nanoTime();
    expect(200, api.call(RunningService.TOKEN, HttpMethod.DELETE, path, null));
    long answered = System.nanoTime();
    while (Set401.not(api.get(child, "/api/v1/budget").statusCode())) {
      assertTrue(System.nanoTime() - sent < TimeUnit.SECONDS.toNanos(8), "still let in");
    }
    long felt = System.nanoTime();
    return new Took(felt - answered, felt - sent);
  }

  /** The throttle's 429 is the same refusal as 401. */
  private static final class Set401 {
    static boolean not(int status) {
      return status != 401 && status != 429;
    }
  }

  @Test
  void everyChildsDollarsCountInItsParentAndNeverPassIt() {
    var parent = mint(client().put("max_usd", 0.02));
    var first = lease(parent.getString("token"), new JsonObject().put("max_usd", 0.006));
    var second = lease(parent.getString("token"), new JsonObject());
    int answered = 0;
    String refusedBy = null;
    for (int i = 0; i < 200 && refusedBy == null; i++) {
      var answer = api.post(first.getString("token"), "/api/v1/route", question());
      if (answer.statusCode() == 200) {
        answered++;
      } else {
        refusedBy = expect(402, answer).getString("budget");
      }
    }
    assertTrue(answered > 0);
    assertEquals("token:" + first.getString("token_id") + ":total", refusedBy);
    expect(200, api.post(second.getString("token"), "/api/v1/route", question()));

    var own = budget(first.getString("token_id"));
    var all = budget(parent.getString("token_id"));
    assertTrue(own.getDouble("spent_usd") <= 0.006, own::encode);
    assertTrue(all.getDouble("spent_usd") > own.getDouble("spent_usd"), all::encode);
    assertTrue(all.getDouble("spent_usd") <= 0.02, all::encode);
    assertEquals(0.0, all.getDouble("held_usd"));
  }

  @Test
  void gatewayRestAndMcpCountAlikeAgainstTheRate() {
    var parent = mint(client().put("requests_per_minute", 3)).getString("token");
    var child = lease(parent, new JsonObject()).getString("token");
    var decide = new JsonObject().put("task", "chat");
    var chat =
        new JsonObject()
            .put("model", "auto")
            .put(
                "messages",
                new JsonArray().add(new JsonObject().put("role", "user").put("content", "Hi")));
    var mcp = new McpSession(service.vertx(), service.url(), child, new ArrayList<>());
    expect(200, api.post(child, "/api/v1/route", decide));
    expect(200, api.post(child, "/v1/chat/completions", chat));
    assertFalse(mcp.tool("route_request", decide).getBoolean("isError"));

    var refused = api.post(parent, "/v1/chat/completions", chat);
    assertEquals(429, refused.statusCode());
    assertTrue(Integer.parseInt(refused.getHeader("Retry-After")) > 0);
    assertEquals(429, api.post(child, "/api/v1/route", decide).statusCode());
    var tool = mcp.tool("route_request", decide);
    assertTrue(tool.getBoolean("isError"));
    assertTrue(tool.encode().contains("rate-limited"), tool::encode);
    expect(200, api.get(child, "/api/v1/usage"));
  }

  @Test
  void aRestrictedTokenRoutesOnlyWhereItMay() {
    var token =
        mint(client()
                .put("models", new JsonArray().add("openai/*").add("codellama"))
                .put("tasks", new JsonArray().add("chat").add("analysis")))
            .getString("token");
    var decision =
        expect(200, api.post(token, "/api/v1/route", new JsonObject().put("task", "chat")))
            .getJsonObject("decision");
    assertEquals("openai", decision.getJsonObject("chosen").getString("provider"));
    assertTrue(decision.encode().contains("\"not-allowed\""));
    var forbidden = new JsonObject().put("model", "claude-3-opus").put("prompt", "x");
    assertTrue(
        expect(403, api.post(token, "/api/v1/route", forbidden))
            .getString("detail")
            .contains("openai/*, codellama"));
    var task = new JsonObject().put("task", "code_generation");
    assertEquals(403, api.post(token, "/api/v1/route", task).statusCode());
    var models = expect(200, api.get(token, "/v1/models")).encode();
    assertTrue(models.contains("openai/gpt-4") && !models.contains("claude"), models);
    assertTrue(models.contains("task:analysis") && !models.contains("task:code"), models);
  }

  @Test
  void aRotatedSecretOverlapsAndThenEnds() {
    var old = mint(client()).getString("token");
    var rotate = "/api/v1/tokens/self/rotate";
    var fresh =
        expect(200, api.post(old, rotate, new JsonObject().put("overlap_seconds", 60)))
            .getString("token");
    assertEquals(200, api.get(old, "/api/v1/budget").statusCode());
    assertEquals(200, api.get(fresh, "/api/v1/budget").statusCode());
    var last =
        expect(200, api.post(fresh, rotate, new JsonObject().put("overlap_seconds", 0)))
            .getString("token");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
    for (var ended : List.of(old, fresh)) {
      while (Set401.not(api.get(ended, "/api/v1/budget").statusCode())) {
        assertTrue(System.nanoTime() < end, "an ended secret is still let in");
      }
    }
    assertEquals(200, api.get(last, "/api/v1/budget").statusCode());
  }
}

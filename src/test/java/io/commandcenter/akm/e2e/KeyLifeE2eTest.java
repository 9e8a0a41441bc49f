package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of keys over the running service and simulated providers. */
class KeyLifeE2eTest {
  private static final String ONE = "sk-ant-api03-" + "1".repeat(93) + "AA";
  private static final String TWO = "sk-ant-api03-" + "2".repeat(93) + "AA";
  private static final int IN_FLIGHT = Boolean.getBoolean("akm.soak") ? 64 : 16;

  @TempDir Path directory;
  private RunningService akm;
  private WebClient client;
  private volatile boolean loaded;
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();

  @BeforeEach
  void start() {
    var routing = OriginalRouting.json();
    for (var provider : List.of("anthropic", "openai")) {
      routing.getJsonObject("providers").getJsonObject(provider).put("rate_limit", 1_000_000);
    }
    akm = new RunningService(directory, routing, new JsonObject(), Map.of());
    client = WebClient.create(akm.vertx(), new WebClientOptions().setShared(false));
  }

  @AfterEach
  void stop() {
    loaded = false;
    akm.close();
  }

  private void until(BooleanSupplier condition) {
    var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not come within a minute");
      TestVertx.await(akm.vertx().timer(5, TimeUnit.MILLISECONDS));
    }
  }

  /** Keeps so many requests on their way until the test stops. */
  private void load() {
    loaded = true;
    for (int i = 0; i < IN_FLIGHT; i++) {
      again();
    }
  }

  private void again() {
    if (loaded) {
      client
          .requestAbs(HttpMethod.POST, akm.url() + "/api/v1/route")
          .bearerTokenAuthentication(RunningService.TOKEN)
          .sendJsonObject(chat())
          .onComplete(
              answer -> {
                var well = answer.succeeded() && answer.result().statusCode() == 200;
                (well ? answered : unanswered).incrementAndGet();
                again();
              });
    }
  }

  private static JsonObject chat() {
    return new JsonObject().put("task", "chat").put("prompt", "hello");
  }

  /**
   * From the answer of the call to the start of the last request that the provider got with the
   * key. Seen failing with the lease kept at the change and the state not told to the router.
   */
  @ParameterizedTest
  @ValueSource(strings = {"disable", "delete", "freeze", "freeze-provider"})
  void takesAKeyOutOfUseWithinASecondUnderLoad(String how) {
    var id = akm.addKey("anthropic", "one", ONE).getString("key_id");
    if (!how.equals("freeze-provider")) {
      akm.addKey("anthropic", "two", TWO);
    }
    akm.addKey("openai", "main", "sk-" + "o".repeat(48));
    load();
    until(() -> answered.get() > 30 && akm.simulated("anthropic").lastArrival(ONE) != null);

    change(how, id);
    long done = System.nanoTime();
    int before = answered.get();
    until(() -> answered.get() > before + 30 && System.nanoTime() - done > 1_200_000_000L);
    loaded = false;

    long lastMs = (akm.simulated("anthropic").lastArrival(ONE) - done) / 1_000_000;
    System.out.println(how + ": last use of the key " + lastMs + " ms after the answer");
    assertTrue(lastMs < 1000, lastMs + " ms");
    assertEquals(0, unanswered.get());
  }

  private void change(String how, String id) {
    switch (how) {
      case "disable" -> akm.post("/api/v1/keys/" + id + "/disable", null);
      case "delete" -> akm.call(HttpMethod.DELETE, "/api/v1/keys/" + id, null);
      case "freeze" -> akm.post("/api/v1/panic", new JsonObject().put("key_id", id));
      default -> akm.post("/api/v1/panic", new JsonObject().put("provider", "anthropic"));
    }
  }

  @Test
  void aPanicListsEveryUseAndCanBeUndone() {
    var id = akm.addKey("anthropic", "one", ONE).getString("key_id");
    for (int i = 0; i < 3; i++) {
      akm.route(chat());
    }
    var report =
        akm.post("/api/v1/panic", new JsonObject().put("all", true).put("reason", "leaked"));

    assertEquals("all", report.getString("scope"));
    assertEquals(1, report.getInteger("leases_revoked"));
    assertEquals(3, report.getJsonObject("uses").getJsonArray("rows").size());
    var use = report.getJsonObject("uses").getJsonArray("rows").getJsonObject(0);
    assertEquals(id, use.getString("key_id"));
    assertNotNull(use.getString("request_id"));
    assertEquals(1, report.getJsonObject("leases").getJsonArray("rows").size());
    assertEquals("local", first(akm.route(chat())));
    var freeze = akm.get("/api/v1/panic").getJsonArray("freezes").getJsonObject(0);
    assertEquals("leaked", freeze.getString("reason"));

    akm.stop();
    akm.start();
    assertEquals("local", first(akm.route(chat())));
    akm.post("/api/v1/panic/thaw", new JsonObject().put("all", true));
    assertEquals("anthropic", first(akm.route(chat())));
    var page = akm.get("/api/v1/keys/" + id + "/uses?limit=2");
    assertEquals(2, page.getJsonObject("uses").getJsonArray("rows").size());
    assertTrue(page.getJsonObject("uses").containsKey("next"));
  }

  @Test
  void weightsShareTheTraffic() {
    var heavy = akm.addKey("anthropic", "heavy", ONE).getString("key_id");
    var light = akm.addKey("anthropic", "light", TWO).getString("key_id");
    akm.call(HttpMethod.PATCH, "/api/v1/keys/" + heavy, new JsonObject().put("weight", 9));
    var counts = new HashMap<String, Integer>();
    for (int i = 0; i < 200; i++) {
      var attempt = akm.route(chat()).getJsonArray("attempts").getJsonObject(0);
      counts.merge(attempt.getString("key_id"), 1, Integer::sum);
    }

    // 180 and 20 are expected; beyond 155 and 45 is one in a hundred million.
    assertTrue(counts.get(heavy) > 155, counts.toString());
    assertTrue(counts.getOrDefault(light, 0) > 0, counts.toString());
  }

  @Test
  void aPatchChangesOnlyWhatItNamesAndNullTakesAway() {
    var id = akm.addKey("anthropic", "one", ONE).getString("key_id");
    var path = "/api/v1/keys/" + id;
    var said =
        new JsonObject()
            .put("tags", new JsonArray().add("prod"))
            .put("owner", "Ann")
            .put("max_age_days", 90)
            .put("expires_at", "2099-01-01T00:00:00Z");
    assertEquals(200, akm.call(HttpMethod.PATCH, path, said).statusCode());
    var cleared = new JsonObject().putNull("expires_at").putNull("owner");
    var after = akm.call(HttpMethod.PATCH, path, cleared).bodyAsJsonObject();

    assertFalse(after.containsKey("expires_at"));
    assertFalse(after.containsKey("owner"));
    assertEquals(90, after.getInteger("max_age_days"));
    assertEquals(List.of("prod"), after.getJsonArray("tags").getList());
    for (var wrong :
        List.of(
            new JsonObject().putNull("weight"),
            new JsonObject().put("weight", 0),
            new JsonObject().put("state", "active"),
            new JsonObject().put("tags", new JsonArray().add("UPPER")),
            new JsonObject().put("expires_at", "tomorrow"))) {
      assertEquals(400, akm.call(HttpMethod.PATCH, path, wrong).statusCode(), wrong.encode());
    }
  }

  /** The refusal says nothing; people hear of it, with the address it came from. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "authorization /api/v1/keys", "authorization /v1/models", "x-api-key /v1/messages",
        "x-api-key /api/v1/keys", "authorization /mcp", "authorization /no/such/path"
      })
  void aDecoyThatIsPresentedAnywhereIsHeardOf(String where) {
    var decoy =
        akm.post(
            "/api/v1/keys/decoys",
            new JsonObject().put("provider", "anthropic").put("label", "wiki"));
    var header = where.split(" ")[0];
    var path = where.split(" ")[1];
    var answer = present(header, path, decoy.getString("key"));
    var wrong = present(header, path, TWO);

    assertEquals(wrong.statusCode(), answer.statusCode());
    assertEquals(
        wrong.bodyAsJsonObject().getString("detail"),
        answer.bodyAsJsonObject().getString("detail"));
    until(() -> !notices().isEmpty());
    assertEquals(1, notices().size());
    var notice = notices().getJsonObject(0);
    assertEquals("decoy-used", notice.getString("kind"));
    assertEquals(decoy.getString("key_id"), notice.getString("subject"));
    assertTrue(notice.getString("detail").contains("remote=127.0.0.1"), notice.encode());
  }

  private JsonArray notices() {
    return akm.get("/api/v1/notices").getJsonArray("rows");
  }

  private HttpResponse<Buffer> present(String header, String path, String key) {
    var method = path.equals("/v1/messages") || path.equals("/mcp") ? "POST" : "GET";
    return TestVertx.await(
        client
            .requestAbs(HttpMethod.valueOf(method), akm.url() + path)
            .putHeader(header, header.equals("authorization") ? "Bearer " + key : key)
            .putHeader("content-type", "application/json")
            .sendBuffer(Buffer.buffer(method.equals("POST") ? "{}" : "")));
  }

  @Test
  void aRestSurvivesTheProcess() {
    akm.addKey("anthropic", "one", ONE);
    akm.addKey("openai", "main", "sk-" + "o".repeat(48));
    akm.simulated("anthropic").failNext(1, io.commandcenter.akm.simulator.Fault.status(429));
    akm.route(chat());
    until(() -> state("one").equals("cooling"));
    akm.stop();
    akm.start();

    assertEquals("cooling", state("one"));
    assertEquals("openai", first(akm.route(chat())));
  }

  private static String first(JsonObject answer) {
    return answer.getJsonArray("attempts").getJsonObject(0).getString("provider");
  }

  private String state(String label) {
    return akm.get("/api/v1/keys").getJsonArray("keys").stream()
        .map(JsonObject.class::cast)
        .filter(key -> key.getString("label").equals(label))
        .findFirst()
        .orElseThrow()
        .getString("state");
  }
}

package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.RunningService;
import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * A key rotates while 200 requests a second come over HTTP, with no other key or provider to fall
 * back to: no client sees it, whether the new key is good or bad.
 */
class RotationE2eTest {
  private static final boolean SOAK = Boolean.getBoolean("akm.soak");
  private static final int PER_SECOND = 200;
  private static final int PERCENT = 5;
  private static final int CANARY_REQUESTS = SOAK ? 200 : 20;
  private static final long SECONDS_AFTER = SOAK ? 20 : 1;
  private static final String OLD = "sk-ant-api03-" + "old0".repeat(12);
  private static final String NEW = "sk-ant-api03-" + "new1".repeat(12);

  @TempDir Path directory;
  private RunningService service;
  private String keyId;

  @BeforeEach
  void start() {
    var akm =
        new JsonObject()
            .put("budget", new JsonObject().put("monthly_usd", 1_000_000))
            .put(
                "vault",
                new JsonObject()
                    .put("canary_percent", PERCENT)
                    .put("canary_requests", CANARY_REQUESTS)
                    .put("rotation_grace_ms", SECONDS_AFTER * 1000));
    service = new RunningService(directory, oneProvider(), akm, Map.of());
    service.simulated("anthropic").accept(OLD);
    keyId = service.addKey("anthropic", "main", OLD).getString("key_id");
  }

  static JsonObject oneProvider() {
    var anthropic =
        new JsonObject()
            .put("enabled", true)
            .put("models", new JsonArray().add("claude-3-5-sonnet"))
            .put("cost_per_1k_tokens", 0.015);
    return new JsonObject()
        .put("providers", new JsonObject().put("anthropic", anthropic))
        .put("routing", new JsonObject().put("chat", "anthropic"))
        .put("fallback_order", new JsonArray().add("anthropic"));
  }

  @AfterEach
  void stop() {
    service.close();
  }

  private JsonObject rotate(String key) {
    var body = new JsonObject().put("key", key).put("rotation_id", "rot_1");
    return service.post("/api/v1/keys/" + keyId + "/rotate", body);
  }

  private String state() {
    return service.get("/api/v1/rotations/rot_1").getString("state");
  }

  private void until(int seconds, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "not within " + seconds + " s; it is " + state());
      TestVertx.await(service.vertx().timer(10, TimeUnit.MILLISECONDS));
    }
  }

  @Test
  void shiftsToAGoodKeyAndNoClientSeesIt(TestReporter reporter) {
    var provider = service.simulated("anthropic").accept(NEW);
    var load = OpenLoad.on(service, PER_SECOND);
    load.warmUp(PER_SECOND);
    int before = provider.requestsWith(OLD);

    var seen = new LinkedHashSet<String>(List.of(rotate(NEW).getString("state")));
    int[] tried = {0, 0};
    until(
        SOAK ? 300 : 60,
        () -> {
          var state = state();
          if (state.equals("canary")) {
            tried[0] = provider.requestsWith(NEW);
            tried[1] = provider.requestsWith(OLD) - before;
          }
          seen.add(state);
          return state.equals("done");
        });
    // The old key is retired: nothing needs it any more.
    provider.revoke(OLD);
    int atTheEnd = provider.requestsWith(OLD);
    load.warmUp(PER_SECOND);
    var failed = load.stop();

    assertEquals(List.of(), failed);
    assertEquals(List.of("canary", "draining", "done"), List.copyOf(seen));
    double share = 100.0 * tried[0] / (tried[0] + tried[1]);
    assertTrue(Math.abs(share - PERCENT) < 2.5, "share " + share + " of " + (tried[0] + tried[1]));
    assertEquals(atTheEnd, provider.requestsWith(OLD));
    assertEquals(2, service.get("/api/v1/keys/" + keyId).getInteger("version"));
    reporter.publishEntry("good", load.summary() + ", trial share " + share + " %");
  }

  /** Seen failing with the second version left untried in the same request. */
  @Test
  void takesAKeyBackThatFailsRealRequestsAndNoClientSeesIt(TestReporter reporter) {
    var provider = service.simulated("anthropic").acceptForChecksOnly(NEW);
    var load = OpenLoad.on(service, PER_SECOND);
    load.warmUp(PER_SECOND);

    assertEquals("canary", rotate(NEW).getString("state"));
    until(60, () -> state().equals("rolled_back"));
    int refused = provider.requestsWith(NEW);
    TestVertx.await(service.vertx().timer(SECONDS_AFTER, TimeUnit.SECONDS));
    var failed = load.stop();

    assertEquals(List.of(), failed);
    assertTrue(refused > 0, "the new key was never tried");
    assertEquals(1, service.get("/api/v1/keys/" + keyId).getInteger("version"));
    assertEquals("active", service.get("/api/v1/keys/" + keyId).getString("state"));
    assertEquals("key-invalid", service.get("/api/v1/rotations/rot_1").getString("reason"));
    reporter.publishEntry("bad", load.summary() + ", " + refused + " refused by the provider");
  }

  /** The same after the shift, while the old version drains. */
  @Test
  void takesAKeyBackThatIsRefusedAfterTheShift(TestReporter reporter) {
    var provider = service.simulated("anthropic").acceptForChecksOnly(NEW);
    var load = OpenLoad.on(service, PER_SECOND);
    load.warmUp(PER_SECOND);

    var body = new JsonObject().put("key", NEW).put("rotation_id", "rot_1");
    service.post(
        "/api/v1/keys/" + keyId + "/rotate",
        body.put("canary_percent", 0).put("grace_seconds", 60));
    until(60, () -> state().equals("rolled_back"));
    TestVertx.await(service.vertx().timer(SECONDS_AFTER, TimeUnit.SECONDS));
    var failed = load.stop();

    assertEquals(List.of(), failed);
    assertEquals("active", service.get("/api/v1/keys/" + keyId).getString("state"));
    reporter.publishEntry(
        "after the shift",
        load.summary() + ", " + provider.requestsWith(NEW) + " refused by the provider");
  }

  @Test
  void refusesAKeyAtItsCheckAndChangesNothing(TestReporter reporter) {
    var provider = service.simulated("anthropic");
    var load = OpenLoad.on(service, PER_SECOND);
    load.warmUp(PER_SECOND);

    var rotation = rotate(NEW);
    TestVertx.await(service.vertx().timer(SECONDS_AFTER, TimeUnit.SECONDS));
    var failed = load.stop();

    assertEquals(List.of(), failed);
    assertEquals("rolled_back", rotation.getString("state"));
    assertEquals("invalid", rotation.getString("reason"));
    assertEquals(0, provider.requestsWith(NEW));
    var key = service.get("/api/v1/keys/" + keyId);
    assertEquals(Set.of(1, "active"), Set.of(key.getInteger("version"), key.getString("state")));
    reporter.publishEntry("refused", load.summary());
  }
}

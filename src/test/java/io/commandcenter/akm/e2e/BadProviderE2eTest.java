package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.simulator.Fault;
import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A provider that misbehaves in every way: one clear answer within the deadline, and nothing stored
 * is lost.
 */
class BadProviderE2eTest {
  @TempDir Path directory;
  private RunningService akm;

  @BeforeEach
  void start() {
    akm =
        new RunningService(
            directory,
            OriginalRouting.json(),
            new JsonObject().put("health", new JsonObject().put("probe_interval_ms", 200)),
            Map.of());
    akm.addKey("openai", "main", "sk-key-for-tests-0123456789");
  }

  @AfterEach
  void stop() {
    akm.close();
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of(Fault.status(401), "key-invalid"),
        Arguments.of(Fault.status(402), "no-credit"),
        Arguments.of(Fault.status(403), "permission"),
        Arguments.of(Fault.status(404), "model-gone"),
        Arguments.of(Fault.status(429), "rate-limit"),
        Arguments.of(Fault.status(500), "transient"),
        Arguments.of(Fault.status(503), "overloaded"),
        Arguments.of(Fault.status(529), "overloaded"),
        Arguments.of(Fault.garbage(), "bad-answer"),
        Arguments.of(Fault.empty(), "bad-answer"),
        Arguments.of(Fault.cut(), "transient"),
        Arguments.of(Fault.hang(), "timeout"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void eachFaultIsClassedAndAnsweredWithinTheDeadline(Fault fault, String outcome) {
    akm.simulated("openai").fail(fault);
    akm.simulated("ollama").fail(Fault.status(500));
    long started = System.nanoTime();

    var answer =
        akm.call(
            HttpMethod.POST,
            "/api/v1/route",
            new JsonObject()
                .put("task", "analysis")
                .put("prompt", "hello")
                .put("deadline_ms", 1500));

    assertTrue(System.nanoTime() - started < Duration.ofMillis(8000).toNanos());
    var problem = answer.bodyAsJsonObject();
    assertTrue(answer.statusCode() >= 500, problem.encode());
    assertEquals(
        outcome,
        problem.getJsonArray("attempts").getJsonObject(0).getString("outcome"),
        problem.encode());
    assertTrue(problem.getString("detail").length() > 10);
    akm.simulated("openai").heal();
    assertEquals(1, akm.get("/api/v1/keys").getJsonArray("keys").size());
    assertTrue(requests() >= 1, "the attempts are recorded");
  }

  @Test
  void aRefusedKeyIsDisabledAndAnotherOneAnswers() {
    akm.addKey("openai", "second", "sk-second-key-for-tests-0123456789");
    akm.simulated("openai").accept("sk-second-key-for-tests-0123456789");

    for (int i = 0; i < 4; i++) {
      var answer = akm.route(new JsonObject().put("task", "analysis").put("prompt", "hello"));
      assertEquals("ok", last(answer.getJsonArray("attempts")).getString("outcome"));
      assertEquals("openai", last(answer.getJsonArray("attempts")).getString("provider"));
    }
    var states = new JsonObject();
    akm.get("/api/v1/keys")
        .getJsonArray("keys")
        .forEach(
            key ->
                states.put(
                    ((JsonObject) key).getString("label"), ((JsonObject) key).getString("state")));
    assertEquals("active", states.getString("second"));
    assertEquals("disabled", states.getString("main"));
  }

  @Test
  void aProviderThatWasDownComesBackAlone() {
    akm.simulated("openai").fail(Fault.status(500));
    for (int i = 0; i < 4; i++) {
      akm.route(new JsonObject().put("task", "analysis").put("prompt", "hello"));
    }
    assertEquals("down", health("openai"));

    akm.simulated("openai").heal();

    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!health("openai").equals("probing")
        && !health("openai").equals("up")
        && System.nanoTime() < until) {
      Thread.onSpinWait();
    }
    var answer = akm.route(new JsonObject().put("task", "analysis").put("prompt", "hello"));
    assertEquals("openai", last(answer.getJsonArray("attempts")).getString("provider"));
    assertEquals("up", health("openai"));
  }

  private String health(String provider) {
    return akm.get("/api/v1/health").getJsonArray("providers").stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getString("provider").equals(provider))
        .findFirst()
        .orElseThrow()
        .getString("state");
  }

  private int requests() {
    var providers = akm.get("/api/v1/usage").getJsonObject("providers");
    return providers.fieldNames().stream()
        .mapToInt(name -> providers.getJsonObject(name).getInteger("total_requests"))
        .sum();
  }

  private static JsonObject last(JsonArray attempts) {
    return attempts.getJsonObject(attempts.size() - 1);
  }
}

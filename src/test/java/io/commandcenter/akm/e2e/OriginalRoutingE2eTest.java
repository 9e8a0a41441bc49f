package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.simulator.Fault;
import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The first version's configuration, unchanged, over the simulated providers: every task and every
 * fallback.
 */
class OriginalRoutingE2eTest {
  @TempDir Path directory;
  private RunningService akm;

  @BeforeEach
  void start() {
    akm =
        new RunningService(
            directory,
            OriginalRouting.json(),
            new JsonObject().put("budget", new JsonObject().put("monthly_usd", 50)),
            Map.of(
                "ANTHROPIC_API_KEY",
                "sk-ant-env-key-for-tests",
                "OPENAI_API_KEY",
                "sk-env-key-for-tests"));
  }

  @AfterEach
  void stop() {
    akm.close();
  }

  @ParameterizedTest
  @CsvSource({
    "code_generation, anthropic, claude-3-5-sonnet",
    "analysis, openai, gpt-4",
    "chat, anthropic, claude-3-5-sonnet"
  })
  void eachChatTaskGoesWhereItIsSent(String task, String provider, String model) {
    var answer = akm.route(new JsonObject().put("task", task).put("prompt", "hello"));

    assertEquals(provider, chosen(answer).getString("provider"));
    assertEquals(model, chosen(answer).getString("model"));
    assertEquals(model, akm.simulated(provider).lastModel());
    assertEquals(1, answer.getJsonArray("attempts").size());
  }

  @Test
  void embeddingsAreMadeLocally() {
    var answer =
        akm.route(
            new JsonObject().put("task", "embeddings").put("input", new JsonArray().add("hello")));

    assertEquals("local", chosen(answer).getString("provider"));
    assertEquals("codellama", akm.simulated("ollama").lastModel());
    assertTrue(answer.getJsonArray("embeddings").getJsonArray(0).size() > 1);
  }

  /** The order is anthropic, openai, (google is disabled), local. */
  @ParameterizedTest
  @CsvSource({
    "code_generation, anthropic, openai, gpt-4",
    "chat, anthropic, openai, gpt-4",
    "analysis, openai, anthropic, claude-3-5-sonnet"
  })
  void theFirstFallbackAnswersWhenThePrimaryIsDown(
      String task, String down, String next, String model) {
    akm.simulated(down).fail(Fault.status(503));

    var answer = akm.route(new JsonObject().put("task", task).put("prompt", "hello"));

    var last =
        answer.getJsonArray("attempts").getJsonObject(answer.getJsonArray("attempts").size() - 1);
    assertEquals(next, last.getString("provider"));
    assertEquals(model, last.getString("model"));
    assertEquals("ok", last.getString("outcome"));
  }

  @Test
  void theLastFallbackIsTheLocalOne() {
    akm.simulated("anthropic").fail(Fault.status(529));
    akm.simulated("openai").fail(Fault.status(500));

    var answer = akm.route(new JsonObject().put("task", "code_generation").put("prompt", "hello"));

    var attempts = answer.getJsonArray("attempts");
    assertEquals("local", attempts.getJsonObject(attempts.size() - 1).getString("provider"));
    assertEquals(0, akm.simulated("google").requests());
  }

  @Test
  void theDecisionListsEveryProviderWithItsReason() {
    var decision =
        akm.route(new JsonObject().put("task", "code_generation")).getJsonObject("decision");

    var verdicts = new JsonObject();
    decision
        .getJsonArray("candidates")
        .forEach(
            c ->
                verdicts.put(
                    ((JsonObject) c).getString("provider"), ((JsonObject) c).getString("reason")));
    assertEquals("task-target", verdicts.getString("anthropic"));
    assertEquals("fallback-order", verdicts.getString("openai"));
    assertEquals("disabled", verdicts.getString("google"));
    assertEquals("fallback-order", verdicts.getString("local"));
  }

  @Test
  void configuredPricesMakeExactTotals() {
    akm.simulated("anthropic").usage(400_000, 50_000);
    akm.simulated("openai").usage(200_000, 40_000);
    akm.route(new JsonObject().put("task", "code_generation").put("prompt", "hello"));
    akm.route(new JsonObject().put("task", "analysis").put("prompt", "hello"));

    var usage = akm.get("/api/v1/usage");

    assertEquals(
        "6.75",
        decimal(usage.getJsonObject("providers").getJsonObject("anthropic"), "estimated_cost"));
    assertEquals(
        "7.20",
        decimal(usage.getJsonObject("providers").getJsonObject("openai"), "estimated_cost"));
    assertEquals("13.95", decimal(usage, "total_cost"));
    assertEquals("36.05", decimal(usage, "budget_remaining"));
    assertEquals(
        "6.75",
        decimal(
            usage
                .getJsonObject("providers")
                .getJsonObject("anthropic")
                .getJsonObject("last_30_days"),
            "cost"));
  }

  @Test
  void keysFromTheEnvironmentAreShownAsSuch() {
    var keys = akm.get("/api/v1/keys").getJsonArray("keys");

    assertEquals(2, keys.size());
    assertEquals("environment", keys.getJsonObject(0).getString("source"));
  }

  @Test
  void everyCandidateOutOfReachIsOneClearAnswer() {
    for (var wire : new String[] {"anthropic", "openai", "ollama"}) {
      akm.simulated(wire).fail(Fault.status(503));
    }

    var refused =
        akm.call(
            HttpMethod.POST,
            "/api/v1/route",
            new JsonObject().put("task", "chat").put("prompt", "hello"));

    assertEquals(502, refused.statusCode(), refused.bodyAsString());
    var problem = refused.bodyAsJsonObject();
    assertEquals("provider-failed", problem.getString("code"));
    assertEquals(3, problem.getJsonArray("attempts").size());
    assertTrue(problem.containsKey("decision"));
  }

  private static JsonObject chosen(JsonObject answer) {
    return answer.getJsonObject("decision").getJsonObject("chosen");
  }

  private static String decimal(JsonObject object, String member) {
    return new BigDecimal(object.getValue(member).toString()).setScale(2).toPlainString();
  }
}

package io.commandcenter.akm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code akm tokens} against a running service. */
class TokensCommandTest {
  @TempDir static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start() {
    service = new RunningService(folder, OriginalRouting.json(), new JsonObject(), Map.of());
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private record Said(int code, String text) {}

  private static Said run(String token, String... arguments) {
    var out = new ByteArrayOutputStream();
    var all = new String[arguments.length + 1];
    all[0] = "tokens";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    int code =
        AkmCommand.run(
            all,
            (vertx, configuration, env) -> Future.failedFuture(new AssertionError("no start")),
            Map.of("AKM_URL", service.url(), "AKM_TOKEN", token),
            new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false));
    return new Said(code, out.toString(StandardCharsets.UTF_8));
  }

  private static JsonObject json(String token, String... arguments) {
    var all = java.util.Arrays.copyOf(arguments, arguments.length + 1);
    all[arguments.length] = "--json";
    var said = run(token, all);
    assertEquals(0, said.code(), said.text());
    return new JsonObject(said.text());
  }

  @Test
  void mintsLeasesShowsRotatesAndRevokes() {
    var minted =
        run(
            RunningService.TOKEN,
            "mint",
            "ci",
            "--scope",
            "client",
            "--models",
            "claude-*,openai/gpt-4",
            "--max-usd-per-day",
            "5");
    assertEquals(0, minted.code(), minted.text());
    assertTrue(minted.text().contains("claude-*, openai/gpt-4"), minted.text());
    var token = minted.text().lines().findFirst().orElseThrow();
    assertTrue(token.startsWith("akm_client_"), minted.text());

    var leased = json(token, "lease", "helper", "--ttl", "15m", "--max-usd", "0.5");
    var list = run(token, "list").text();
    assertTrue(list.contains("└ helper"), list);
    assertTrue(list.contains("$0.00 of $0.50"), list);
    assertFalse(list.contains(leased.getString("token")));

    var shown = run(token, "show");
    assertEquals(0, shown.code());
    assertTrue(shown.text().contains("$0.00 of $5.00 a day"), shown.text());
    assertTrue(shown.text().contains("helper"), shown.text());

    var fresh = json(token, "rotate", "--overlap", "0").getString("token");
    assertEquals(1, run(token, "show").code());
    assertEquals(0, run(fresh, "revoke", leased.getString("token_id")).code());
    assertEquals(1, run(leased.getString("token"), "show").code());
  }

  @Test
  void saysWhatWasWrong() {
    var client = json(RunningService.TOKEN, "mint", "low", "--scope", "client").getString("token");
    var up = run(client, "lease", "up", "--scope", "admin");
    assertEquals(1, up.code());
    assertTrue(up.text().contains("cannot make one above its own scope"), up.text());
    var mint = run(client, "mint", "x", "--scope", "client");
    assertTrue(mint.text().contains("needs a token of scope admin"), mint.text());
    assertTrue(run(client, "show", "../keys").text().contains("tok_"));
    assertEquals(2, run(client, "lease", "x", "--ttl", "soon").code());
    assertEquals(2, run(client).code());
  }
}

package io.commandcenter.akm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

/** {@code akm budget} against a running service. */
class BudgetCommandTest {
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

  private static Said run(String... arguments) {
    var out = new ByteArrayOutputStream();
    int code =
        AkmCommand.run(
            arguments,
            (vertx, configuration, env) -> Future.failedFuture(new AssertionError("no start")),
            Map.of("AKM_URL", service.url(), "AKM_TOKEN", RunningService.TOKEN),
            new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false));
    return new Said(code, out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void setsShowsAndRemoves() {
    var set = run("budget", "set", "80.50", "--warn");
    assertEquals(0, set.code(), set.text());
    assertTrue(set.text().contains("$80.50"), set.text());
    var shown = run("budget", "show").text();
    assertTrue(shown.contains("warns only"), shown);
    assertTrue(shown.contains("set by an admin"), shown);
    assertTrue(run("budget", "set", "--hard").text().contains("hard: refuses"));
    var removed = new JsonObject(run("budget", "set", "--remove", "--json").text());
    assertEquals("none", removed.getString("source"));
    assertEquals("none", removed.getString("mode"));
  }

  @Test
  void saysWhatIsMissing() {
    var said = run("budget", "set");
    assertEquals(1, said.code());
    assertTrue(said.text().contains("monthly_usd"), said.text());
  }
}

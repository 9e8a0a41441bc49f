package io.commandcenter.akm.cli;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.Main;
import io.commandcenter.akm.testkit.TestVertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TourTest {
  @Test
  void showsTheMainJobAndLeavesNothingBehind() throws IOException {
    try (var test = new TestVertx()) {
      var stage = DemoStage.set(test.vertx(), Map.of("AKM_PORT", "0"));
      var running = await(Main.start(test.vertx(), stage.configuration(), stage.environment()));
      var out = new ByteArrayOutputStream();
      var screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false);

      new Tour(screen, new AdminClient(test.vertx(), running.url(), stage.token()), stage).walk();
      Guide.print(screen, running.url(), "$(cat " + stage.tokenFile() + ")");

      var said = out.toString(StandardCharsets.UTF_8);
      assertTrue(said.contains("1  Keys are sealed"), said);
      assertTrue(said.contains("chosen    task-target"), said);
      assertTrue(
          said.matches("(?s).*attempt 1 +anthropic +claude-sonnet-5-5 +overloaded +HTTP 529.*"),
          said);
      assertTrue(said.matches("(?s).*attempt 2 +openai +gpt-6.1-sol +ok +HTTP 200.*"), said);
      assertTrue(said.contains("of $5.00 left"), said);
      assertTrue(
          said.contains("claude mcp add --transport http akm " + running.url() + "/mcp"), said);
      stage.keys().values().forEach(key -> assertFalse(said.contains(key)));
      await(running.stop());
      stage.clear();
      assertFalse(Files.exists(stage.directory()));
    }
  }
}

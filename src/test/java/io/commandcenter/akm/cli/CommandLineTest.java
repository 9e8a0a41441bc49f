package io.commandcenter.akm.cli;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
  @TempDir Path directory;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Screen screen =
      new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false);

  @Test
  void checkFindsTheShippedConfigurationSound() {
    assertEquals(0, run(Map.of(), "check"));
    assertTrue(said().startsWith("The configuration is sound (conf)."), said());
    assertTrue(said().contains("vault or $ANTHROPIC_API_KEY"), said());
  }

  @Test
  void checkSpeaksJsonToMachines() {
    assertEquals(0, run(Map.of(), "check", "--json"));
    assertEquals("conf", new JsonObject(said()).getString("source"));
  }

  @Test
  void everyFaultIsListedAndTheExitCodeIsTwo() throws IOException {
    Files.writeString(directory.resolve("akm.json"), "{\"prot\": 1, \"host\": 2}");

    assertEquals(2, run(Map.of("AKM_CONFIG", directory.toString()), "serve"));
    assertTrue(said().contains("2 fault(s)"), said());
    assertTrue(said().contains("did you mean `port`?"), said());
  }

  @Test
  void aFailedStartIsOneSentenceAndTheExitCodeIsOne() {
    int code =
        AkmCommand.run(
            new String[] {"serve"},
            (vertx, configuration, environment) ->
                Future.failedFuture(new IllegalStateException("the port is taken")),
            Map.of(),
            screen);

    assertEquals(1, code);
    assertEquals("akm could not go on: the port is taken\n", said());
  }

  @Test
  void anUnknownCommandIsMisuse() {
    assertEquals(2, run(Map.of(), "sevre"));
  }

  @Test
  void theVersionIsTold() {
    assertEquals(0, run(Map.of(), "--version"));
  }

  @Test
  void healthAsksTheRunningService() {
    try (var test = new TestVertx()) {
      var server =
          await(
              test.vertx()
                  .createHttpServer()
                  .requestHandler(
                      request ->
                          request
                              .response()
                              .setStatusCode(request.path().equals("/health/live") ? 200 : 503)
                              .end("{}"))
                  .listen(0, "127.0.0.1"));
      var port = Map.of("AKM_PORT", String.valueOf(server.actualPort()));

      assertEquals(0, run(port, "health", "--live"));
      assertEquals(1, run(port, "health"));
      await(server.close());
      assertEquals(1, run(port, "health", "--live"));
      assertTrue(said().contains("is the service running?"), said());
    }
  }

  @Test
  void tablesAlignAndColoursTakeNoRoom() {
    var coloured = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), true);
    new Table().row(coloured.good("ok"), "a").row("longer", null).print(coloured);

    assertEquals("   \u001b[32mok\u001b[0m      a\n   longer\n", said());
  }

  @Test
  void withoutATerminalThereAreNoColours() {
    screen.title(1, screen.strong("x") + screen.bad("y") + screen.faint("z"));
    assertFalse(said().contains("\u001b"));
  }

  @Test
  void aBarShowsEverythingAboveNothing() {
    assertEquals("····", Bar.of(0, 4));
    assertEquals("▏···", Bar.of(0.0001, 4));
    assertEquals("██··", Bar.of(0.5, 4));
    assertEquals("████", Bar.of(7, 4));
  }

  private int run(Map<String, String> environment, String... arguments) {
    return AkmCommand.run(
        arguments,
        (vertx, configuration, env) -> Future.failedFuture(new AssertionError("must not start")),
        environment,
        screen);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }
}

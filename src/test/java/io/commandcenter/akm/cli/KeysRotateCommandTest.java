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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysRotateCommandTest {
  private static final String OLD = "sk-ant-api03-" + "old0".repeat(12);
  private static final String NEW = "sk-ant-api03-" + "new1".repeat(12);

  @TempDir Path directory;
  private RunningService service;
  private String keyId;

  @BeforeEach
  void start() {
    var environment = Map.of("NEXT_KEY", NEW, "BAD_KEY", NEW + "bad");
    service = new RunningService(directory, OriginalRouting.json(), new JsonObject(), environment);
    service.simulated("anthropic").accept(OLD).accept(NEW);
    keyId = service.addKey("anthropic", "main", OLD).getString("key_id");
  }

  @AfterEach
  void stop() {
    service.close();
  }

  /** The exit code and what was printed. */
  private record Said(int code, String text) {}

  private Said run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var screen = new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false);
    int code =
        AkmCommand.run(
            arguments,
            (vertx, configuration, environment) -> Future.failedFuture("not here"),
            Map.of("AKM_URL", service.url(), "AKM_TOKEN", RunningService.TOKEN),
            screen);
    return new Said(code, out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void rotatesByLabelAndShowsTheStagesToTheEnd() {
    var said =
        run(
            "keys",
            "rotate",
            "anthropic/main",
            "--env-var",
            "NEXT_KEY",
            "--canary-percent",
            "0",
            "--grace-seconds",
            "1",
            "--rotation-id",
            "rot_cli",
            "--wait");

    assertEquals(0, said.code, said.text);
    assertTrue(said.text.contains("anthropic/main (rot_cli): version 2 is in use"), said.text);
    assertTrue(said.text.endsWith("anthropic/main (rot_cli): done, version 2 is in use\n"));
    assertTrue(run("keys", "rotations").text.contains("1 -> 2"), run("keys", "rotations").text);
  }

  @Test
  void showsTheTrialAndLetsAPersonAdvanceAndCancelIt() {
    var said = run("keys", "rotate", keyId, "--env-var", "NEXT_KEY", "--rotation-id", "rot_cli");
    assertEquals(0, said.code, said.text);
    assertTrue(said.text.contains("0 of 20 requests succeeded"), said.text);

    assertTrue(
        run("keys", "rotations", "--advance", "rot_cli").text.contains("version 2 is in use"));
    assertTrue(
        run("keys", "rotations", "--cancel", "rot_cli").text.contains("version 1 stays in use"));
    assertEquals(1, run("keys", "rotations", "--cancel", "rot_cli").code);
  }

  @Test
  void failsIfTheProviderDoesNotTakeTheNewKey() {
    var said = run("keys", "rotate", keyId, "--env-var", "BAD_KEY", "--wait");

    assertEquals(1, said.code);
    assertTrue(said.text.contains("rolled back (invalid), version 1 stays in use"), said.text);
  }

  @Test
  void printsAPageForAPersonAndFollowsItsRotation() throws Exception {
    var page = run("keys", "rotate", keyId, "--json");
    var link = new JsonObject(page.text);
    assertTrue(link.getString("url").contains("/entry/"), page.text);

    var waiting = CompletableFuture.supplyAsync(() -> run("keys", "rotate", keyId, "--wait"));
    // The second page takes the place of the first one, and nobody fills it in: it is cancelled.
    var rotation = waitingRotation(link.getString("entry_id").replace("entry_", "rot_"));
    service.post("/api/v1/rotations/" + rotation + "/cancel", null);
    var said = waiting.get(20, TimeUnit.SECONDS);
    assertEquals(1, said.code);
    assertTrue(said.text.contains("/entry/"), said.text);
    assertTrue(said.text.contains("cancelled (by-hand)"), said.text);
  }

  private String waitingRotation(String other) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (System.nanoTime() < end) {
      var rotations = service.get("/api/v1/rotations").getJsonArray("rotations");
      for (int i = 0; i < rotations.size(); i++) {
        var one = rotations.getJsonObject(i);
        if (one.getString("state").equals("waiting")
            && !one.getString("rotation_id").equals(other)) {
          return one.getString("rotation_id");
        }
      }
      service.vertx().timer(20, TimeUnit.MILLISECONDS).await(10, TimeUnit.SECONDS);
    }
    throw new AssertionError("no second page waits");
  }

  @Test
  void knowsNoOtherLabel() {
    var said = run("keys", "rotate", "anthropic/none");
    assertEquals(1, said.code);
    assertTrue(said.text.contains("no key of this provider has this label"), said.text);
  }
}

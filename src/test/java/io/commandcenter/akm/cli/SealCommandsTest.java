package io.commandcenter.akm.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.core.crypto.MasterKey;
import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init}, {@code seal} and {@code rekey}, with the service and without it. */
class SealCommandsTest {
  private static final String KEY = "sk-ant-api03-0123456789abcdefghijklx9AA";

  @TempDir Path directory;
  private ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Map<String, String> offline() {
    return Map.of(
        "AKM_DATA",
        directory.resolve("data").toString(),
        "AKM_MASTER_KEY_FILE",
        directory.resolve("master.key").toString());
  }

  private Map<String, String> online(RunningService service) {
    var environment = new HashMap<>(offline());
    environment.put("AKM_URL", service.url());
    environment.put("AKM_TOKEN", RunningService.TOKEN);
    return environment;
  }

  private RunningService service() {
    return new RunningService(directory, OriginalRouting.json(), new JsonObject(), Map.of());
  }

  private int run(Map<String, String> environment, String... arguments) {
    out = new ByteArrayOutputStream();
    return AkmCommand.run(
        arguments,
        (vertx, configuration, env) -> Future.failedFuture(new AssertionError("must not start")),
        environment,
        new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false));
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private JsonObject json(Map<String, String> environment, int code, String... arguments) {
    assertEquals(code, run(environment, arguments), said());
    return new JsonObject(said());
  }

  @Test
  void initMakesTheVaultOnceAndSaysWhereItsKeyIs() {
    assertEquals(0, run(offline(), "init"));
    assertTrue(said().contains("a new master key is in " + directory.resolve("master.key")));

    assertEquals(1, run(offline(), "init"));
    assertTrue(said().contains("there is a vault in this data directory already"), said());
  }

  @Test
  void initTakesTheKeyThatIsGiven() throws IOException {
    var file = directory.resolve("master.key");
    Files.writeString(file, MasterKey.random(new SecureRandom()).encoded());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));

    assertEquals(0, run(offline(), "init"));
    assertTrue(said().contains("opens with the master key it was given: file"), said());
  }

  @Test
  void rekeysTheDataDirectoryOfAStoppedService() {
    run(offline(), "init");

    assertEquals(0, run(offline(), "rekey", "master", "--offline"), said());
    assertTrue(said().contains("The new master key opens the vault."), said());
    assertEquals(0, run(offline(), "rekey", "confirm", "--offline"), said());
    var done = json(offline(), 0, "rekey", "data", "--offline", "--json");
    assertEquals(
        new JsonObject("{\"kind\":\"none\",\"state\":\"none\",\"done\":1,\"total\":1}"), done);
    var status = json(offline(), 0, "seal", "status", "--offline", "--json");
    assertEquals(2, status.getInteger("generation"));
    assertFalse(status.getBoolean("confirm_due"));
  }

  @Test
  void takesANewKeyFromAFileOfflineOnly() throws IOException {
    run(offline(), "init");
    var next = directory.resolve("next.key");
    Files.writeString(next, MasterKey.random(new SecureRandom()).encoded());
    Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rw-------"));
    var file = next.toString();

    assertEquals(0, run(offline(), "rekey", "master", "--offline", "--new-key-file", file), said());
    assertEquals(1, run(offline(), "rekey", "confirm", "--offline"));
    assertTrue(said().contains("still given the old master key"), said());
    var online = new HashMap<>(offline());
    online.put("AKM_TOKEN", "akm_any");
    assertEquals(2, run(online, "rekey", "master", "--new-key-file", file));
  }

  @Test
  void rekeysTheRunningServiceAndItsKeysStayInUse() {
    try (var service = service()) {
      service.addKey("anthropic", "main", KEY);
      var environment = online(service);

      assertEquals(0, run(environment, "rekey", "data"), said());
      assertTrue(said().contains("Done: 2 of 2 texts sealed."), said());
      assertEquals(0, run(environment, "rekey", "master"), said());
      assertEquals(0, run(environment, "seal", "status"), said());
      assertTrue(said().contains("waits for its confirm"), said());
      assertEquals(0, run(environment, "rekey", "confirm"), said());
      assertEquals(2, json(environment, 0, "seal", "status", "--json").getInteger("generation"));
      service.route(new JsonObject().put("task", "code_generation").put("prompt", "hello"));
      service.stop();
      service.start();
      service.route(new JsonObject().put("task", "code_generation").put("prompt", "hello"));
    }
  }

  @Test
  void saysThatTheServiceIsSealedAndWhy() throws IOException {
    try (var service = service()) {
      service.stop();
      Files.writeString(directory.resolve("master.key"), "ab".repeat(32));
      service.start();

      assertEquals(1, run(online(service), "seal", "status"));
      assertTrue(said().contains("The vault is sealed."), said());
      assertTrue(said().contains("not the one this data was made with"), said());
      assertEquals(1, run(online(service), "rekey", "data"));
    }
    assertTrue(json(offline(), 1, "seal", "status", "--offline", "--json").getBoolean("sealed"));
    assertEquals(1, run(offline(), "rekey", "master", "--offline"));
  }

  @Test
  void asksWhatToDoWithTheSeal() {
    assertEquals(2, run(offline(), "seal"));
    assertEquals(2, run(offline(), "rekey"));
  }
}

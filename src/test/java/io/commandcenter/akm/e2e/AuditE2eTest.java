package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.cli.AkmCommand;
import io.commandcenter.akm.cli.Screen;
import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit log of a running service, from the command line and over REST. */
class AuditE2eTest {
  @TempDir Path folder;
  private RunningService akm;
  private String keyId;
  private String said;

  @BeforeEach
  void start() {
    akm = new RunningService(folder, OriginalRouting.json(), new JsonObject(), Map.of());
    keyId = akm.addKey("openai", "main", "sk-proj-0123456789abcdefghijABCDEF").getString("key_id");
    akm.post("/api/v1/keys/" + keyId + "/disable", null);
  }

  @AfterEach
  void close() {
    akm.close();
  }

  private int run(String... arguments) {
    var out = new ByteArrayOutputStream();
    var environment =
        Map.of(
            "AKM_URL",
            akm.url(),
            "AKM_TOKEN",
            RunningService.TOKEN,
            "AKM_DATA",
            folder.resolve("data").toString(),
            "AKM_MASTER_KEY_FILE",
            folder.resolve("master.key").toString());
    int code =
        AkmCommand.run(
            arguments,
            (vertx, configuration, env) -> Future.failedFuture("must not start"),
            environment,
            new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), false));
    said = out.toString(StandardCharsets.UTF_8);
    return code;
  }

  private void tamper(String... statements) throws Exception {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("data/akm.db"));
        var statement = connection.createStatement()) {
      for (var sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void listsWhatBecameOfAKey() {
    assertEquals(0, run("audit", "list", "--key", keyId, "--action", "key."));
    var lines = said.strip().lines().toList();
    assertEquals(3, lines.size(), said);
    assertTrue(lines.get(1).contains("key.disable") && lines.get(2).contains("key.add"), said);

    assertEquals(0, run("audit", "list", "--limit", "1", "--json"));
    assertEquals(1, new JsonObject(said).getJsonArray("rows").size());
    assertEquals(0, run("audit", "list", "--limit", "1"));
    assertTrue(said.contains("older rows: --before "), said);
    assertEquals(0, run("audit", "list", "--until", "2020-01-01", "--json"));
    assertEquals(0, new JsonObject(said).getJsonArray("rows").size());
    assertEquals(2, run("audit", "list", "--since", "soon"));
    assertEquals(2, run("audit"));
  }

  @Test
  void exportsOldestFirstAndNotesIt() throws Exception {
    assertEquals(0, run("audit", "export", "--format", "jsonl"));
    var rows = said.strip().lines().map(JsonObject::new).toList();
    assertEquals("vault.create", rows.get(0).getString("action"));
    assertEquals("audit.export", rows.get(rows.size() - 1).getString("action"));
    assertEquals("format=jsonl", rows.get(rows.size() - 1).getString("detail"));

    var file = folder.resolve("audit.csv");
    assertEquals(0, run("audit", "export", "--format", "csv", "--out", file.toString()));
    var text = Files.readString(file);
    assertTrue(text.startsWith("seq,at,principal,action,subject,outcome,detail\r\n1,"), text);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(1, run("audit", "export", "--format", "csv", "--out", file.toString()));
    assertTrue(said.contains("is there already"), said);
    assertEquals(text, Files.readString(file));
  }

  @Test
  void verifiesTheLogWhileTheServiceRunsAndAfter() {
    assertEquals(0, run("audit", "verify"), () -> said);
    assertTrue(said.startsWith("The audit log is intact."), said);
    assertEquals(0, run("audit", "verify", "--since", "2026-01-01", "--json"), () -> said);
    assertTrue(new JsonObject(said).getBoolean("intact"));
    assertTrue(akm.post("/api/v1/audit/verify", null).getBoolean("intact"));
    var url = akm.url();
    akm.stop();

    try (var files = Files.list(folder.resolve("data"))) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith("-wal")), url);
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    akm.start();
    assertEquals(0, run("audit", "verify", "--json"), () -> said);
    var node = new JsonObject(said).getJsonArray("nodes").getJsonObject(0);
    assertTrue(node.getLong("signed") > 3, said);
  }

  @Test
  void findsWhatWasTamperedWithAndSaysWhere() throws Exception {
    tamper(
        "drop trigger audit_is_not_edited",
        "update audit set subject = 'key_other' where action = 'key.disable'");

    assertEquals(1, run("audit", "verify"));
    assertTrue(said.startsWith("The audit log was tampered with."), said);
    assertTrue(said.contains("edited") && said.contains("(main "), said);
    var check = akm.post("/api/v1/audit/verify", null);
    assertFalse(check.getBoolean("intact"));
    assertEquals("edited", check.getJsonArray("findings").getJsonObject(0).getString("kind"));
    run("audit", "list", "--action", "audit.verify");
    assertTrue(said.contains("state=tampered"), said);
  }

  @Test
  void cannotVerifyWithoutTheMasterKeyOrTheData() throws Exception {
    Files.move(folder.resolve("master.key"), folder.resolve("elsewhere.key"));
    assertEquals(2, run("audit", "verify"));
    assertTrue(said.contains("master key is missing"), said);

    Files.move(folder.resolve("elsewhere.key"), folder.resolve("master.key"));
    assertEquals(0, run("audit", "verify"));
    assertThrows(AssertionError.class, () -> akm.post("/api/v1/audit/verify?x=1", null));
  }
}

package io.commandcenter.akm.cli;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a server that answers as the service does. */
class MetadataTest {
  @TempDir Path folder;
  private final TestVertx test = new TestVertx();
  private final Map<String, JsonObject> keys = new ConcurrentHashMap<>();
  private final Map<String, JsonObject> patched = new ConcurrentHashMap<>();
  private HttpServer server;
  private int patchStatus = 200;

  @BeforeEach
  void start() {
    keys.put("key_1", key("key_1", "anthropic", "main", "active", "sealed"));
    keys.put("key_2", key("key_2", "openai", "main", "disabled", "sealed"));
    keys.put("key_3", key("key_3", "openai", "old", "revoked", "sealed"));
    keys.put("env_google", key("env_google", "google", "environment", "active", "environment"));
    server =
        await(
            test.vertx()
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .body()
                            .onSuccess(
                                body -> {
                                  if (request.method() == HttpMethod.PATCH) {
                                    var id = request.path().substring("/api/v1/keys/".length());
                                    patched.put(id, body.toJsonObject());
                                    request
                                        .response()
                                        .setStatusCode(patchStatus)
                                        .end("{\"detail\":\"not today\"}");
                                  } else {
                                    request
                                        .response()
                                        .end(
                                            new JsonObject()
                                                .put(
                                                    "keys",
                                                    new JsonArray(List.copyOf(keys.values())))
                                                .encode());
                                  }
                                }))
                .listen(0, "127.0.0.1"));
  }

  @AfterEach
  void stop() {
    await(server.close());
    test.close();
  }

  private static JsonObject key(
      String id, String provider, String label, String state, String source) {
    return new JsonObject()
        .put("key_id", id)
        .put("provider", provider)
        .put("label", label)
        .put("state", state)
        .put("source", source)
        .put("masked", "sk-…x9AA")
        .put("fingerprint", "0123456789abcdef")
        .put("version", 3)
        .put("weight", 1)
        .put("purpose", "inference")
        .put("tags", new JsonArray().add("prod"))
        .put("created_at", "2026-11-22T12:00:00Z");
  }

  private CommandRun run(String... arguments) {
    return CommandRun.of(
        Map.of("AKM_URL", "http://127.0.0.1:" + server.actualPort(), "AKM_TOKEN", "t"), arguments);
  }

  private String exported() {
    var file = folder.resolve("keys.json");
    assertEquals(0, run("export", file.toString()).code());
    return file.toString();
  }

  @Test
  void anExportSaysWhatIsSaidOfTheKeysAndNothingElse() throws IOException {
    var export = new JsonObject(Files.readString(Path.of(exported())));
    var described = export.getJsonArray("keys");
    assertEquals(2, described.size());
    var members = described.getJsonObject(0).fieldNames();
    assertTrue(
        List.of(
                "provider",
                "label",
                "purpose",
                "tags",
                "owner",
                "weight",
                "expires_at",
                "max_age_days",
                "state",
                "masked",
                "fingerprint")
            .containsAll(members),
        members.toString());
    assertTrue(run("export").said().contains(export.getString("format")));
  }

  @Test
  void whatIsThereAlreadyIsTheSame() {
    var run = run("import", "metadata", exported(), "--json");
    assertEquals(0, run.code());
    assertTrue(
        run.json().getJsonArray("keys").stream()
            .allMatch(row -> ((JsonObject) row).getString("result").equals("same")),
        run.said());
  }

  /** Seen failing with the changes sent without --apply. */
  @Test
  void aRehearsalShowsTheDifferencesAndChangesNothing() {
    var file = exported();
    keys.get("key_1").put("owner", "somebody").put("weight", 5);
    keys.remove("key_2");
    var run = run("import", "metadata", file);
    assertEquals(0, run.code());
    assertTrue(run.said().contains("would change  {\"weight\":1}"), run.said());
    assertTrue(run.said().contains("no such key"), run.said());
    assertTrue(run.said().contains("needs a page"), run.said());
    assertTrue(run.said().contains("Add --apply"), run.said());
    assertEquals(Map.of(), patched);
  }

  @Test
  void appliesOnlyWhatDiffers() {
    keys.get("key_1")
        .put("owner", "team-a")
        .put("expires_at", "2027-01-01T00:00:00Z")
        .put("max_age_days", 90);
    var file = exported();
    keys.get("key_1").put("owner", "team-b").put("max_age_days", 30).remove("expires_at");
    keys.get("key_1").put("tags", new JsonArray());
    var run = run("import", "metadata", file, "--apply");
    assertEquals(0, run.code(), run.said());
    assertEquals(
        Map.of(
            "key_1",
            new JsonObject()
                .put("tags", new JsonArray().add("prod"))
                .put("owner", "team-a")
                .put("expires_at", "2027-01-01T00:00:00Z")
                .put("max_age_days", 90)),
        patched);
    assertFalse(run.said().contains("rehearsal"), run.said());
  }

  @Test
  void aRefusedChangeIsReportedAndTheExitCodeIsOne() {
    var file = exported();
    keys.get("key_1").put("weight", 5);
    patchStatus = 409;
    var run = run("import", "metadata", file, "--apply");
    assertEquals(1, run.code());
    assertTrue(run.said().contains("failed"), run.said());
    assertTrue(run.said().contains("not today"), run.said());
  }

  @Test
  void anotherStateIsNotedAndLeftToAPerson() {
    var file = exported();
    keys.get("key_1").put("state", "disabled");
    var run = run("import", "metadata", file);
    assertTrue(run.said().contains("its state is another"), run.said());
  }

  @Test
  void anotherFileIsRefusedWithASentence() throws IOException {
    for (var text : List.of("", "{}", "[]", "{\"format\":\"akm-key-metadata-1\",\"keys\":[1]}")) {
      var file = Files.writeString(folder.resolve("other.json"), text);
      var run = run("import", "metadata", file.toString());
      assertEquals(1, run.code());
      assertTrue(run.said().contains("is no export of `akm export`"), run.said());
    }
  }

  @Test
  void anExportDoesNotReplaceAFileUnlessTold() {
    var file = exported();
    var again = run("export", file);
    assertEquals(1, again.code());
    assertTrue(again.said().contains("is there already"), again.said());
    assertEquals(0, run("export", file, "--force").code());
  }
}

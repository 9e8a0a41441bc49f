package io.commandcenter.akm.cli;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code akm keys add}, {@code akm keys share} and {@code akm unwrap} against a scripted service.
 */
class EntryCommandsTest {
  private static final JsonObject KEY =
      new JsonObject()
          .put("provider", "openai")
          .put("label", "main")
          .put("masked", "sk-…0123")
          .put("key_id", "key_1")
          .put("state", "active");

  @TempDir Path directory;
  private final TestVertx test = new TestVertx();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ConcurrentLinkedQueue<JsonObject> answers = new ConcurrentLinkedQueue<>();
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> environment = new HashMap<>();
  private HttpServer server;

  @BeforeEach
  void listen() {
    server = await(test.vertx().createHttpServer().requestHandler(this::answer).listen(0));
    environment.put("AKM_PORT", String.valueOf(server.actualPort()));
    environment.put("AKM_TOKEN", "akm-test-token-0123456789");
  }

  @AfterEach
  void close() {
    test.close();
  }

  private void answer(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              asked.add(request.method() + " " + request.path() + " " + body);
              var answer = answers.remove();
              request
                  .response()
                  .setStatusCode(answer.getInteger("status", 200))
                  .end(answer.toBuffer());
            });
  }

  private int run(RemoteCommand command, String... arguments) {
    var line = new CommandLine(command);
    line.setExecutionExceptionHandler(
        (fault, failed, result) -> {
          screen(false).line(fault.getMessage());
          return 1;
        });
    return line.execute(arguments);
  }

  private Screen screen(boolean terminal) {
    return new Screen(new PrintStream(out, true, StandardCharsets.UTF_8), terminal);
  }

  private KeysAddCommand add(boolean terminal) {
    return new KeysAddCommand(environment, screen(terminal), Duration.ofMillis(5));
  }

  private UnwrapCommand unwrap(String input) {
    var in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
    return new UnwrapCommand(environment, screen(false), in);
  }

  private String said() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private static JsonObject link() {
    return new JsonObject()
        .put("entry_id", "entry_1")
        .put("url", "http://127.0.0.1/entry/tok")
        .put("code", "482-915")
        .put("expires_at", "2026-11-25T12:00:00Z");
  }

  private static JsonObject entry(String state) {
    return new JsonObject().put("state", state);
  }

  @Test
  void addsFromTheServersEnvironment() {
    answers.add(KEY);
    assertEquals(0, run(add(false), "openai", "main", "--env-var", "OPENAI_API_KEY"));
    assertTrue(asked.get(0).contains("\"env_var\":\"OPENAI_API_KEY\""), asked.get(0));
    assertEquals("Sealed openai/main: sk-…0123, key_1, active\n", said());
  }

  @Test
  void printsTheLinkAndTheCode() {
    answers.add(link());
    assertEquals(0, run(add(false), "openai", "main"));
    assertTrue(said().contains("   http://127.0.0.1/entry/tok\n   confirmation code 482-915"));
    assertEquals(1, asked.size());
  }

  @Test
  void waitsForThePersonAndSaysWhatWasStored() {
    answers.add(link());
    answers.add(entry("open"));
    answers.add(entry("open"));
    answers.add(
        entry("stored").put("key", KEY).put("check", "valid").put("detail", "It is taken."));
    assertEquals(0, run(add(true), "openai", "main", "--wait"));
    assertEquals("GET /api/v1/entries/entry_1 ", asked.get(3));
    assertTrue(said().contains("⠙ waiting for the key"), said());
    assertTrue(said().contains("openai/main: sk-…0123, key_1, active\n   valid: It is taken."));
  }

  @ParameterizedTest
  @CsvSource({
    "expired,,the page has expired",
    "closed,wrong-code,entered five times",
    "closed,too-many-keys,refused too many keys",
    "closed,asker-revoked,not in force any more"
  })
  void failsWhenNothingWasStored(String state, String reason, String words) {
    answers.add(link());
    answers.add(entry(state).put("reason", reason));
    assertEquals(1, run(add(false), "openai", "main", "--wait"));
    assertTrue(said().contains("Nothing was stored: "), said());
    assertTrue(said().contains(words), said());
    assertFalse(said().contains("\u001b"));
  }

  @Test
  void speaksJsonToMachines() {
    answers.add(link());
    answers.add(entry("stored").put("key", KEY));
    assertEquals(0, run(add(false), "openai", "main", "--wait", "--json"));
    var lines = said().split("\n");
    assertEquals("482-915", new JsonObject(lines[0]).getString("code"));
    assertEquals("stored", new JsonObject(lines[1]).getString("state"));
  }

  @Test
  void sharesAKey() {
    var shared =
        new JsonObject()
            .put("provider", "openai")
            .put("label", "main")
            .put("wrap_token", "akmw_x")
            .put("expires_at", "2026-11-25T12:00:00Z");
    answers.add(shared);
    var share = new KeysShareCommand(environment, screen(false));
    assertEquals(0, run(share, "key_1", "--for", "tok_9", "--ttl", "90s"));
    assertEquals(
        "POST /api/v1/keys/key_1/share {\"for_token\":\"tok_9\",\"ttl_seconds\":90}", asked.get(0));
    assertTrue(said().contains("   akmw_x\n"), said());
    assertTrue(said().contains("by tok_9"), said());
  }

  @Test
  void printsAnUnwrappedKeyAndNothingElse() {
    answers.add(new JsonObject().put("key", "sk-the-key"));
    assertEquals(0, run(unwrap(" akmw_x \n")));
    assertEquals("POST /api/v1/unwrap {\"wrap_token\":\"akmw_x\"}", asked.get(0));
    assertEquals("sk-the-key\n", said());
  }

  @Test
  void takesTheWrapTokenFromTheEnvironment() {
    environment.put("AKM_WRAP_TOKEN", "akmw_env");
    answers.add(new JsonObject().put("key", "sk-the-key"));
    assertEquals(0, run(unwrap(""), "--json"));
    assertEquals("{\"key\":\"sk-the-key\"}\n", said());
    assertTrue(asked.get(0).contains("akmw_env"));
  }

  @Test
  void writesAnUnwrappedKeyToANewFileOfItsOwner() throws IOException {
    answers.add(new JsonObject().put("key", "sk-the-key"));
    var file = directory.resolve("key");
    assertEquals(0, run(unwrap("akmw_x"), "--out", file.toString()));
    assertEquals("sk-the-key", Files.readString(file));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals("", said());
    assertEquals(1, run(unwrap("akmw_x"), "--out", file.toString()));
    assertEquals(1, asked.size());
  }

  @Test
  void leavesNoFileWhenTheTokenIsRefused() {
    answers.add(new JsonObject().put("status", 410).put("detail", "used before"));
    var file = directory.resolve("key");
    assertEquals(1, run(unwrap("akmw_x"), "--out", file.toString()));
    assertFalse(Files.exists(file));
    assertEquals(1, run(unwrap("")));
    assertTrue(said().contains("used before"), said());
    assertTrue(said().contains("there is no wrapped token"), said());
  }

  @Test
  void readsSpansOfTimeAsPeopleWriteThem() {
    var spans = new SpanConverter();
    assertEquals(Duration.ofSeconds(90), spans.convert("90s"));
    assertEquals(Duration.ofMinutes(5), spans.convert("5m"));
    assertEquals(Duration.ofHours(2), spans.convert("2h"));
    assertThrows(TypeConversionException.class, () -> spans.convert("5 minutes"));
  }
}

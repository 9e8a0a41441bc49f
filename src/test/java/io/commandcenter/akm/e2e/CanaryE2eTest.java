package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.OutputStreamAppender;
import io.commandcenter.akm.cli.CommandRun;
import io.commandcenter.akm.testkit.Canaries;
import io.commandcenter.akm.testkit.EntryLinks;
import io.commandcenter.akm.testkit.EntryPages;
import io.commandcenter.akm.testkit.McpSession;
import io.commandcenter.akm.testkit.OriginalRouting;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Keys that are looked for afterwards, put in by every way there is, used, rotated and rejected.
 *
 * <p>Seen failing with a debug line of the request's body.
 */
class CanaryE2eTest {
  private static final boolean SOAK = Boolean.getBoolean("akm.soak");
  private static final int PER_WAY = SOAK ? 125 : 13;
  private static final int CANARIES = SOAK ? 1000 : 100;

  @TempDir Path directory;

  /** Where a person kept keys before: it holds plaintext by its nature. */
  @TempDir Path elsewhere;

  private final Canaries canaries = new Canaries();
  private final List<String> answers = new ArrayList<>();
  private final Canaries.Watch log = canaries.watch();
  private final Map<String, String> environment = new HashMap<>();
  private OutputStreamAppender<ILoggingEvent> appender;
  private Appender<ILoggingEvent> console;
  private RunningService akm;

  @BeforeEach
  void start() {
    listenAtTrace();
    environment.put("ANTHROPIC_API_KEY", canaries.next("sk-ant-api03-"));
    for (int i = 0; i < PER_WAY; i++) {
      environment.put("REST_KEY_" + i, canaries.next("sk-proj-"));
      environment.put("MCP_KEY_" + i, canaries.next("gsk_"));
    }
    akm = new RunningService(directory, OriginalRouting.json(), new JsonObject(), environment);
  }

  @AfterEach
  void stop() {
    akm.close();
    root().detachAppender(appender);
    root().addAppender(console);
    root().setLevel(Level.INFO);
  }

  @Test
  void noKeyIsFoundAnywhereAfterwards() throws IOException {
    var mcp = new McpSession(akm.vertx(), akm.url(), answers);
    for (int i = 0; i < PER_WAY; i++) {
      addEveryWay(mcp, i);
      rotateEveryWay(mcp, i);
      misplace(mcp, i);
    }
    use();
    importFiles();
    backUp("backup.zip");

    assertTrue(canaries.size() >= CANARIES, canaries.size() + " canaries");
    assertNothing(canaries.in("HTTP answers and the MCP transcript", String.join("\n", answers)));
    assertNothing(log.found("the log at TRACE"));
    assertNothing(canaries.in(directory));
    akm.stop();
    assertNothing(canaries.in(directory));
    assertNothing(log.found("the log at TRACE"));
    restore();
    assertNothing(canaries.in(directory));
    akm.start();
    backUp("again.zip");
    assertNothing(canaries.in(directory));
    assertTrue(log.size() > 10_000, "the log was not at TRACE");
  }

  private void addEveryWay(McpSession mcp, int i) {
    post("/api/v1/keys", key("rest-" + i).put("key", canaries.next("sk-ant-api03-")), 201);
    post("/api/v1/keys", key("rest-env-" + i).put("env_var", "REST_KEY_" + i), 201);
    enter(post("/api/v1/keys", key("rest-page-" + i), 202), canaries.next("sk-svcacct-"));
    mcp.tool("add_api_key", key("mcp-env-" + i).put("env_var", "MCP_KEY_" + i));
    enter(link(mcp.tool("add_api_key", key("mcp-page-" + i))), canaries.next("xai-"));
  }

  private void rotateEveryWay(McpSession mcp, int i) {
    var id = id("rest-" + i);
    post("/api/v1/keys/" + id + "/rotate", new JsonObject().put("key", canaries.next("sk-")), 200);
    enter(link(mcp.tool("rotate_key", key("mcp-page-" + i))), canaries.next("pplx-"));
  }

  /** Keys where none may be: each is refused, and none is repeated. */
  private void misplace(McpSession mcp, int i) {
    post("/api/v1/keys", key(canaries.next("sk-ant-api03-" + "a".repeat(30))), 0);
    post("/api/v1/keys", key("x-" + i).put("kye", canaries.next("sk-proj-")), 0);
    mcp.tool(
        "add_api_key",
        key("x-" + i).put("env_var", canaries.next("sk-ant-api03-" + "b".repeat(80))));
    mcp.tool(
        "route_request",
        new JsonObject().put("task", canaries.next("sk-ant-api03-" + "c".repeat(80))));
  }

  private void use() {
    for (var task : List.of("code_generation", "chat", "analysis")) {
      post("/api/v1/route", new JsonObject().put("task", task).put("prompt", "hello"), 200);
    }
    akm.simulated("openai").accept("another key than any of these");
    post("/api/v1/route", new JsonObject().put("task", "analysis").put("prompt", "hello"), 0);
    for (var path :
        List.of("/api/v1/keys", "/api/v1/audit?limit=500", "/api/v1/usage", "/api/v1/providers")) {
      record(HttpMethod.GET, path, null);
    }
  }

  /** Taken over from files; what the command says is looked through too. */
  private void importFiles() throws IOException {
    var env = elsewhere.resolve(".env");
    Files.writeString(env, "OPENAI_API_KEY=\"" + canaries.next("sk-proj-") + "\"\n");
    runs("import", "env-file", env.toString(), "--label", "from-file");
    Files.writeString(env, "OPENAI_API_KEY=" + canaries.next("sk-proj-") + "\n");
    runs("import", "env-file", env.toString(), "--label", "from-file", "--rotate", "--json");
    Files.writeString(env, "OPENAI_API_KEY=" + canaries.next("sk-proj-") + " and more\n");
    runs("import", "env-file", env.toString(), "--label", "unfit");
    runs("export");
  }

  private void backUp(String name) throws IOException {
    runs("backup", directory.resolve(name).toString());
  }

  private void restore() {
    var data = directory.resolve("data").toString();
    var masterKey = directory.resolve("master.key").toString();
    var run =
        CommandRun.of(
            Map.of("AKM_DATA", data, "AKM_MASTER_KEY_FILE", masterKey),
            "restore",
            directory.resolve("backup.zip").toString(),
            "--force");
    answers.add(run.said());
    assertEquals(0, run.code(), run.said());
  }

  private void runs(String... arguments) throws IOException {
    var run = CommandRun.on(akm, arguments);
    answers.add(run.said());
    assertEquals(0, run.code(), run.said());
    assertNothing(canaries.in("what the command said", run.said()));
  }

  private static JsonObject key(String label) {
    return new JsonObject().put("provider", "openai").put("label", label);
  }

  private String id(String label) {
    return akm.get("/api/v1/keys").getJsonArray("keys").stream()
        .map(JsonObject.class::cast)
        .filter(key -> key.getString("label").equals(label))
        .findFirst()
        .orElseThrow()
        .getString("key_id");
  }

  private static JsonObject link(JsonObject result) {
    return EntryLinks.in(result.getJsonObject("error").getString("message"));
  }

  /** What a person's browser does with a one-time page. */
  private void enter(JsonObject link, String key) {
    var browser = new EntryPages(akm.vertx());
    var stored = browser.enter(link, key);
    answers.add(stored.headers() + stored.bodyAsString());
    assertEquals(200, stored.statusCode(), stored.bodyAsString());
    answers.add(browser.open(link.getString("url")).bodyAsString());
  }

  /**
   * @param status expected; 0 for any refusal
   */
  private JsonObject post(String path, JsonObject body, int status) {
    var answer = record(HttpMethod.POST, path, body);
    if (status == 0) {
      assertTrue(answer.getInteger("status", 200) >= 400, answer.encode());
    } else {
      assertEquals(null, answer.getInteger("status"), answer.encode());
    }
    return answer;
  }

  private JsonObject record(HttpMethod method, String path, JsonObject body) {
    var answer = akm.call(method, path, body);
    answers.add(answer.headers() + "\n" + answer.bodyAsString());
    return answer.bodyAsJsonObject();
  }

  private static void assertNothing(List<String> found) {
    assertEquals(List.of(), found);
  }

  private void listenAtTrace() {
    var context = (LoggerContext) LoggerFactory.getILoggerFactory();
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern("%logger %msg %kvp%n%ex{full}");
    encoder.start();
    appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(log);
    appender.start();
    console = root().getAppender("console");
    root().detachAppender(console);
    root().addAppender(appender);
    root().setLevel(Level.TRACE);
    context.getLoggerList().stream()
        .filter(logger -> logger != root())
        .forEach(logger -> logger.setLevel(null));
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}

package io.commandcenter.akm.mcp;

import static io.commandcenter.akm.mcp.McpServerFixture.bearer;
import static io.commandcenter.akm.mcp.StatelessMcp.NAMESPACE;
import static io.commandcenter.akm.mcp.StatelessMcp.VERSION;
import static io.commandcenter.akm.mcp.StatelessMcp.named;
import static io.commandcenter.akm.mcp.StatelessMcp.refused;
import static io.commandcenter.akm.mcp.StatelessMcp.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the stateless lane, 2026-07-28, says to requests that are right and wrong in form. */
class StatelessProtocolTest {
  private static final JsonObject USAGE = named("get_usage").put("arguments", new JsonObject());
  private static McpServerFixture server;

  @BeforeAll
  static void start() throws Exception {
    server = new McpServerFixture(McpServerFixture.PATIENT);
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static StatelessMcp client() {
    return new StatelessMcp(server.vertx, server.uri, bearer("client"));
  }

  @Test
  void answersAToolCallWithoutAnySession() throws TimeoutException {
    var answer = client().ask("tools/call", USAGE);
    var result = result(answer);
    assertEquals("complete", result.getString("resultType"));
    assertFalse(result.getBoolean("isError"));
    assertFalse(answer.headers().contains("Mcp-Session-Id"));
    assertEquals("application/json", answer.headers().get("Content-Type"));
  }

  @ParameterizedTest
  @CsvSource({
    "tools/list,tools",
    "prompts/list,prompts",
    "resources/list,resources",
    "resources/templates/list,resourceTemplates"
  })
  void saysHowLongAListMayBeKept(String method, String member) throws TimeoutException {
    var result = result(client().ask(method));
    assertTrue(result.getValue(member) instanceof JsonArray, result.encode());
    assertEquals("complete", result.getString("resultType"));
    assertEquals(300_000, result.getLong("ttlMs"));
    assertEquals("private", result.getString("cacheScope"));
    var server = result.getJsonObject("_meta").getJsonObject(NAMESPACE + "serverInfo");
    assertEquals("akm", server.getString("name"));
    assertEquals("1.2.3", server.getString("version"));
  }

  @Test
  void saysThatWhatIsReadMayNotBeKept() throws TimeoutException {
    var result =
        result(client().ask("resources/read", new JsonObject().put("uri", "api://providers")));
    assertEquals(2, result.getJsonArray("contents").size());
    assertEquals(0, result.getLong("ttlMs"));
    assertEquals("private", result.getString("cacheScope"));
  }

  @Test
  void saysNothingOfKeepingWhereNothingCanBeKept() throws TimeoutException {
    assertFalse(result(client().ask("tools/call", USAGE)).containsKey("ttlMs"));
  }

  @Test
  void tellsWhatItIs() throws TimeoutException {
    var result = result(client().ask("server/discover"));
    assertEquals(VERSION, result.getJsonArray("supportedVersions").getString(0));
    assertEquals(4, result.getJsonArray("supportedVersions").size());
    var capabilities = result.getJsonObject("capabilities");
    assertTrue(capabilities.getJsonObject("resources").getBoolean("subscribe"));
    assertTrue(capabilities.containsKey("tools"));
    assertFalse(capabilities.containsKey("logging"));
    assertTrue(result.getString("instructions").contains("api://providers"));
    assertEquals("public", result.getString("cacheScope"));
    assertTrue(result.getLong("ttlMs") > 0);
    assertTrue(result.getJsonObject("_meta").containsKey(NAMESPACE + "serverInfo"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "7",
        "[]",
        "{\"_meta\":null}",
        "{\"_meta\":7}",
        "{\"_meta\":{}}",
        "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":7,"
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}}",
        "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}",
        "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":[]}}",
        "{\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}}"
      })
  void refusesARequestThatDoesNotIntroduceItself(String parameters) throws TimeoutException {
    var client = client().mirrored("tools/list", new JsonObject());
    refused(400, -32602, client.raw.post(RawMcp.request(1, "tools/list", parameters)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tools/drop",
        "initialize",
        "ping",
        "logging/setLevel",
        "resources/subscribe",
        "resources/unsubscribe",
        "server/Discover",
        "x"
      })
  void doesNotKnowWhatThisRevisionDoesNotHave(String method) throws TimeoutException {
    refused(404, -32601, client().ask(method));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"tools/list", "prompts/list", "resources/list", "resources/templates/list"})
  void refusesACursor(String method) throws TimeoutException {
    refused(200, -32602, client().ask(method, new JsonObject().put("cursor", "2")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tools/call|{}",
        "tools/call|{\"name\":7}",
        "tools/call|{\"name\":\"\"}",
        "tools/call|{\"name\":\"nothing\"}",
        "tools/call|{\"name\":\"get_usage\",\"arguments\":\"all\"}",
        "tools/call|{\"name\":\"get_usage\",\"requestState\":7}",
        "tools/call|{\"name\":\"get_usage\",\"requestState\":\"made.up\"}",
        "resources/read|{}",
        "resources/read|{\"uri\":\"api://nothing\"}",
        "prompts/get|{\"name\":\"nothing\"}",
        "completion/complete|{}",
        "completion/complete|{\"ref\":{\"type\":\"ref/other\"}}",
        "completion/complete|{\"ref\":7,\"argument\":7}",
        "subscriptions/listen|{}",
        "subscriptions/listen|{\"notifications\":[]}",
        "subscriptions/listen|{\"notifications\":{\"resourceSubscriptions\":7}}"
      })
  void refusesParametersThatDoNotFitTheMethod(String method, String parameters)
      throws TimeoutException {
    refused(200, -32602, client().ask(method, new JsonObject(parameters)));
  }

  @Test
  void acceptsANotificationWithoutAnAnswer() throws TimeoutException {
    var answer =
        client()
            .raw
            .post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{}}");
    assertEquals(202, answer.status());
    assertEquals("", answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"result\":{}", "\"error\":{\"code\":1,\"message\":\"m\"}"})
  void refusesAResponse(String content) throws TimeoutException {
    refused(400, -32600, client().raw.post("{\"jsonrpc\":\"2.0\",\"id\":1," + content + "}"));
  }

  @Test
  void refusesABatch() throws TimeoutException {
    var client = client().mirrored("tools/list", new JsonObject());
    var message = client.message("tools/list", new JsonObject());
    refused(400, -32600, client.raw.post("[" + message + "]"));
    refused(400, -32600, client.raw.post("[]"));
  }

  @ParameterizedTest
  @CsvSource({"GET,POST", "DELETE,POST", "PUT,", "PATCH,"})
  void takesPostsOnly(String method, String allowed) throws TimeoutException {
    var answer = client().raw.send(HttpMethod.valueOf(method), null);
    refused(405, -32600, answer);
    assertTrue(allowed == null || allowed.equals(answer.headers().get("Allow")));
  }

  @Test
  void refusesAToolAboveTheCallersScope() throws TimeoutException {
    var answer =
        new StatelessMcp(server.vertx, server.uri, bearer("client"))
            .call("add_api_key", new JsonObject());
    var result = result(answer);
    assertTrue(result.getBoolean("isError"));
    assertTrue(result.encode().contains("forbidden"));
  }

  /** Seen failing with Java's own decoding, which reads other characters there. */
  @Test
  void refusesWhatIsNotUtf8() throws TimeoutException {
    var client = client().mirrored("tools/list", new JsonObject());
    var parameters = new JsonObject().put("_meta", new JsonObject().put("note", "ab"));
    var bytes = client.message("tools/list", parameters).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == 'a' && bytes[i + 1] == 'b') {
        bytes[i] = (byte) 0xff;
      }
    }
    refused(400, -32700, client.raw.post(bytes));
  }

  /** Seen failing without the check: the last one was taken. */
  @Test
  void refusesAMemberThatIsGivenTwice() throws TimeoutException {
    var client = client().mirrored("tools/call", USAGE);
    var twice =
        client.message("tools/call", USAGE).replace("\"name\":", "\"name\":\"x\",\"name\":");
    refused(400, -32700, client.raw.post(twice));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1.5", "true", "{}", "[1]", "99999999999999999999"})
  void refusesAnIdThatIsNeitherATextNorAWholeNumber(String id) throws TimeoutException {
    var client = client().mirrored("tools/list", new JsonObject());
    var message = client.message("tools/list", new JsonObject());
    refused(400, -32600, client.raw.post(message.replace("\"id\":1", "\"id\":" + id)));
  }

  /** Seen failing without the limit. */
  @Test
  void refusesAnOverlongId() throws TimeoutException {
    var client = client().mirrored("tools/list", new JsonObject());
    var message = client.message("tools/list", new JsonObject());
    var longest = "\"" + "i".repeat(256) + "\"";
    assertEquals(200, client.raw.post(message.replace("\"id\":1", "\"id\":" + longest)).status());
    var answer = client.raw.post(message.replace("\"id\":1", "\"id\":\"i" + longest.substring(1)));
    refused(400, -32600, answer);
    assertTrue(answer.body().length() < 200, answer.body());
  }
}

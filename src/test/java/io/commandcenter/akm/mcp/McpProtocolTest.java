package io.commandcenter.akm.mcp;

import static io.commandcenter.akm.mcp.McpServerFixture.bearer;
import static io.commandcenter.akm.mcp.RawMcp.request;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.http.HttpMethod;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the endpoint says to requests that are wrong in form. */
class McpProtocolTest {
  private static final String PING = request(1, "ping", "{}");
  private static McpServerFixture server;

  @BeforeAll
  static void start() throws Exception {
    server =
        new McpServerFixture(
            new io.commandcenter.akm.config.ServerConfig.Mcp(
                1000,
                1000,
                4,
                McpServerFixture.DEFAULTS.sessionIdle(),
                McpServerFixture.DEFAULTS.streamKeep(),
                McpServerFixture.DEFAULTS.heartbeat(),
                McpServerFixture.DEFAULTS.upgradeToSse()));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static RawMcp raw() {
    return new RawMcp(server.vertx, server.uri, bearer("client"));
  }

  @Test
  void answersAPingAsPlainJson() throws TimeoutException {
    var answer = raw().session().post(PING);
    assertEquals(200, answer.status());
    assertEquals("application/json", answer.headers().get("Content-Type"));
    assertTrue(answer.json().getJsonObject("result").isEmpty());
  }

  @Test
  void wantsAToken() throws TimeoutException {
    assertEquals(401, raw().with("Authorization", null).post(PING).status());
  }

  @Test
  void refusesAForeignHost() throws TimeoutException {
    assertEquals(403, raw().with("Host", "evil.example").post(PING).status());
  }

  @Test
  void refusesAForeignOrigin() throws TimeoutException {
    assertEquals(403, raw().with("Origin", "https://evil.example").post(PING).status());
  }

  @Test
  void takesAConfiguredOrigin() throws TimeoutException {
    var answer =
        raw().with("Origin", "https://console.example").post(RawMcp.INITIALIZE.formatted("x"));
    assertEquals(200, answer.status());
  }

  @Test
  void refusesAnUnknownProtocolVersion() throws TimeoutException {
    var answer = raw().session().with("MCP-Protocol-Version", "2001-01-01").post(PING);
    assertEquals(400, answer.status());
    assertTrue(answer.body().contains("2025-11-25"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-03-26", "2025-06-18", "2025-11-25"})
  void speaksEveryVersionOfTheSessionLane(String version) throws TimeoutException {
    var answer = raw().post(RawMcp.INITIALIZE.formatted(version));
    assertEquals(version, answer.json().getJsonObject("result").getString("protocolVersion"));
  }

  @Test
  void answersAnUnknownVersionWithTheNewest() throws TimeoutException {
    var answer = raw().post(RawMcp.INITIALIZE.formatted("1999-01-01"));
    assertEquals("2025-11-25", answer.json().getJsonObject("result").getString("protocolVersion"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/event-stream", "text/html"})
  void refusesAPostThatDoesNotAcceptBothForms(String accept) throws TimeoutException {
    assertEquals(406, raw().session().with("Accept", accept).post(PING).status());
  }

  @Test
  void takesAWildcardAccept() throws TimeoutException {
    assertEquals(200, raw().session().with("Accept", "*/*").post(PING).status());
  }

  @Test
  void refusesAListenerThatDoesNotAcceptEvents() throws TimeoutException {
    assertEquals(
        406,
        raw().session().with("Accept", "application/json").send(HttpMethod.GET, null).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
  void refusesAnotherContentType(String type) throws TimeoutException {
    assertEquals(415, raw().session().with("Content-Type", type).post(PING).status());
  }

  @Test
  void takesAContentTypeWithParameters() throws TimeoutException {
    assertEquals(
        200,
        raw()
            .session()
            .with("Content-Type", "Application/JSON; charset=utf-8")
            .post(PING)
            .status());
  }

  @Test
  void refusesABodyOverTheLimit() throws TimeoutException {
    var raw = raw().session();
    var answer = raw.post("x".repeat(McpServerFixture.BODY_LIMIT + 1));
    assertEquals(413, answer.status());
    assertEquals(-32600, answer.error());
    assertEquals(200, raw.post(PING).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "7",
        "{}",
        "{\"jsonrpc\":\"2.0\"}",
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":7}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"} {}",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]"
      })
  void refusesWhatIsNotOneJsonRpcMessage(String body) throws TimeoutException {
    var answer = raw().session().post(body);
    assertEquals(400, answer.status());
    assertTrue(answer.error() == -32700 || answer.error() == -32600, answer::body);
  }

  @Test
  void refusesJsonThatIsNestedTooDeeply() throws TimeoutException {
    var deep = request(1, "ping", "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}");
    assertEquals(-32700, raw().session().post(deep).error());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tools/call|7",
        "tools/call|[]",
        "tools/call|null",
        "tools/call|{}",
        "tools/call|{\"name\":\"get_usage\",\"arguments\":\"all\"}",
        "resources/read|[1]"
      })
  void refusesParametersThatDoNotFitTheMethod(String method, String parameters)
      throws TimeoutException {
    var answer = raw().session().post(request(1, method, parameters));
    assertEquals(200, answer.status());
    assertEquals(-32602, answer.error());
    assertEquals(1, answer.json().getInteger("id"));
  }

  @Test
  void refusesAnUnknownMethod() throws TimeoutException {
    assertEquals(-32601, raw().session().post(request(1, "tools/drop", "{}")).error());
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "[]", "null"})
  void refusesToInitializeWithMalformedParameters(String parameters) throws TimeoutException {
    var answer = raw().post(request(0, "initialize", parameters));
    assertEquals(-32602, answer.error());
    assertFalse(answer.headers().contains("Mcp-Session-Id"));
  }

  @Test
  void wantsASession() throws TimeoutException {
    assertEquals(400, raw().post(PING).status());
  }

  @Test
  void doesNotKnowAnInventedSession() throws TimeoutException {
    assertEquals(404, raw().with("Mcp-Session-Id", "nope").post(PING).status());
  }

  @Test
  void hidesASessionFromOtherPrincipals() throws TimeoutException {
    var raw = raw().session();
    assertEquals(404, raw.with("Authorization", bearer("client_other")).post(PING).status());
    assertEquals(404, raw.send(HttpMethod.DELETE, null).status());
    assertEquals(200, raw.with("Authorization", bearer("client")).post(PING).status());
  }

  @Test
  void forgetsADeletedSession() throws TimeoutException {
    var raw = raw().session();
    assertEquals(204, raw.send(HttpMethod.DELETE, null).status());
    assertEquals(404, raw.post(PING).status());
  }

  @Test
  void allowsOnlyThreeMethods() throws TimeoutException {
    var answer = raw().session().send(HttpMethod.PUT, PING);
    assertEquals(405, answer.status());
    assertNotNull(answer.headers().get("Allow"));
  }

  @Test
  void acceptsNotificationsWithoutAnAnswer() throws TimeoutException {
    var raw = raw().session();
    for (var method : new String[] {"notifications/initialized", "notifications/made-up"}) {
      var answer = raw.post("{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\"}");
      assertEquals(202, answer.status());
      assertEquals("", answer.body());
    }
  }

  @Test
  void refusesAResponseThatNothingAwaits() throws TimeoutException {
    var answer = raw().session().post("{\"jsonrpc\":\"2.0\",\"id\":\"x-1\",\"result\":{}}");
    assertEquals(400, answer.status());
  }
}

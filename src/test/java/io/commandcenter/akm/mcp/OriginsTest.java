package io.commandcenter.akm.mcp;

import static io.commandcenter.akm.mcp.McpServerFixture.bearer;
import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Facts;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goals 10 and 13 for MCP: every Origin with every Host, method and lane; no method without a
 * token; nobody gets at another principal's session.
 *
 * <p>Seen failing without the check of Host, and without the check of Origin.
 */
class OriginsTest {
  private static final String INITIALIZE = RawMcp.INITIALIZE.formatted("2025-11-25");
  private static final List<HttpMethod> METHODS =
      List.of(
          HttpMethod.GET,
          HttpMethod.POST,
          HttpMethod.DELETE,
          HttpMethod.PUT,
          HttpMethod.PATCH,
          HttpMethod.OPTIONS);

  private static McpServerFixture server;
  private static String own;

  @BeforeAll
  static void start() throws Exception {
    server = new McpServerFixture(McpServerFixture.PATIENT);
    own = server.uri.getAuthority();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /** With whether it may call. */
  private static Map<String, Boolean> origins() {
    var origins = new java.util.LinkedHashMap<String, Boolean>();
    origins.put("", false);
    origins.put("none", true);
    origins.put("http://" + own, true);
    origins.put("HTTP://" + own.toUpperCase(java.util.Locale.ROOT), true);
    origins.put("https://console.example", true);
    origins.put("https://console.example.", false);
    origins.put("https://console.example:444", false);
    origins.put("https://console.example.evil.example", false);
    origins.put("https://evil.example", false);
    origins.put("https://evil.example/https://console.example", false);
    origins.put("http://" + own + "@evil.example", false);
    origins.put("http://" + own + ".evil.example", false);
    origins.put("http://evil.example#" + own, false);
    origins.put("http://127.0.0.1:1", false);
    origins.put("null", false);
    origins.put("*", false);
    origins.put("file://", false);
    origins.put("\u00ff\u00fe garbage %%%", false);
    return origins;
  }

  private static Map<String, Boolean> hosts() {
    return Map.of(
        own,
        true,
        "localhost:" + server.uri.getPort(),
        true,
        "LOCALHOST",
        true,
        "evil.example",
        false,
        "evil.example:" + server.uri.getPort(),
        false,
        "127.0.0.1.evil.example",
        false,
        "169.254.169.254",
        false);
  }

  private static RawMcp session() throws TimeoutException {
    var raw = new RawMcp(server.vertx, server.uri, bearer("client_origin"));
    return raw.session();
  }

  private static RawMcp stateless() {
    var client = new StatelessMcp(server.vertx, server.uri, bearer("client_origin"));
    return client.mirrored("server/discover", new JsonObject()).raw;
  }

  private static int expected(boolean allowed, boolean stateless, HttpMethod method) {
    if (!allowed) {
      return 403;
    }
    if (method == HttpMethod.POST) {
      return 200;
    }
    // Of the session that is asked for there is none; of the stateless lane there is only POST.
    boolean other = method != HttpMethod.GET && method != HttpMethod.DELETE;
    return stateless || other ? 405 : 404;
  }

  @Test
  void letNothingInThatABrowserWasTrickedInto() throws Exception {
    var message =
        new StatelessMcp(server.vertx, server.uri, "x")
            .message("server/discover", new JsonObject());
    var checks = new ArrayList<Executable>();
    var sessions = new RawMcp(server.vertx, server.uri, bearer("client_origin"));
    var lone = stateless();
    for (var lane : List.of(false, true)) {
      var raw = lane ? lone : sessions;
      for (var origin : origins().entrySet()) {
        for (var host : hosts().entrySet()) {
          for (var method : METHODS) {
            boolean posts = method == HttpMethod.POST;
            raw.with("Origin", origin.getKey().equals("none") ? null : origin.getKey());
            raw.with("Host", host.getKey());
            raw.with("Mcp-Session-Id", posts || lane ? null : "made-up");
            var answer = raw.send(method, posts ? lane ? message : INITIALIZE : null);
            boolean allowed = origin.getValue() && host.getValue();
            // The same authority as a Host of ours is a page of ours.
            var what = method + " " + lane + " " + origin.getKey() + " at " + host.getKey();
            checks.add(() -> assertEquals(expected(allowed, lane, method), answer.status(), what));
            checks.add(
                () -> assertFalse(answer.headers().toString().contains("Access-Control"), what));
          }
        }
      }
    }
    assertTrue(checks.size() / 2 >= 500, "only " + checks.size() / 2);
    assertAll(checks);
    assertEquals(List.of(), server.rooms.asked);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Basic YTpi",
        "Bearer akm_client",
        "akm_admin_admin"
      })
  void takeNoMethodWithoutAToken(String authorization) throws TimeoutException {
    var session = session();
    for (var raw : List.of(session, stateless())) {
      for (var method : METHODS) {
        raw.with("Authorization", authorization);
        var status = raw.send(method, method == HttpMethod.POST ? INITIALIZE : null).status();
        assertTrue(status == 401 || status == 429, method + " " + authorization + ": " + status);
      }
    }
  }

  private static String message(String method, String parameters) {
    return RawMcp.request(7, method, parameters);
  }

  /** Seen failing with the owner of a session not compared. */
  @Test
  void keepASessionToItsPrincipal() throws Exception {
    var mine = session();
    var listening = mine.open(HttpMethod.GET, null, Map.of());
    listening.await("retry: ");
    var event = listening.lastEventId();
    for (var who : List.of("client_thief", "admin_thief", "read-only_thief", "operator_origin2")) {
      mine.with("Authorization", bearer(who));
      for (var body :
          List.of(
              message("ping", "{}"),
              message("tools/list", "{}"),
              message("tools/call", "{\"name\":\"get_usage\"}"),
              message("resources/subscribe", "{\"uri\":\"api://providers\"}"),
              message("resources/unsubscribe", "{\"uri\":\"api://providers\"}"),
              message("completion/complete", "{}"),
              message("no/such", "{}"),
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
                  + "\"params\":{\"requestId\":1}}",
              "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
              "{\"jsonrpc\":\"2.0\",\"id\":\"a-1\",\"result\":{}}")) {
        assertEquals(404, mine.post(body).status(), body);
      }
      assertEquals(404, mine.send(HttpMethod.GET, null).status());
      assertEquals(404, mine.send(HttpMethod.DELETE, null).status());
      mine.with("Last-Event-ID", event);
      assertEquals(404, mine.send(HttpMethod.GET, null).status());
      mine.with("Last-Event-ID", null);
    }
    assertEquals(List.of(), server.rooms.asked);
    mine.with("Authorization", bearer("client_origin"));
    assertEquals(200, mine.post(message("ping", "{}")).status());
  }

  /** Someone who knows the event's id, in a session of their own: they listen afresh. */
  @Test
  void replayNothingOfAnotherPrincipalsStream() throws Exception {
    var mine = session();
    var subscribe = message("resources/subscribe", "{\"uri\":\"api://providers\"}");
    assertEquals(200, mine.post(subscribe).status());
    var listening = mine.open(HttpMethod.GET, null, Map.of());
    listening.await("retry: ");
    server.bus.publish(
        Facts.HEALTH_CHANGED, new Facts.HealthChanged("openai", "down", "silent", Instant.now()));
    listening.await("resources/updated");
    var stream = listening.lastEventId().split("_")[0];

    var thief = new RawMcp(server.vertx, server.uri, bearer("client_thief")).session();
    assertEquals(
        200, thief.post(message("resources/subscribe", "{\"uri\":\"api://usage\"}")).status());
    for (var event : List.of(stream + "_0", stream + "_1")) {
      var stolen = thief.open(HttpMethod.GET, null, Map.of("Last-Event-ID", event));
      server.bus.publish(
          Facts.BUDGET_CROSSED,
          new Facts.BudgetCrossed(
              "month", "2026-11", 80, BigDecimal.TEN, BigDecimal.ONE, Instant.now()));
      var heard = stolen.await("api://usage");
      assertFalse(heard.contains("api://providers"), heard);
    }
    // The owner's listener is still there, and still the one of its session.
    assertEquals(200, mine.post(message("ping", "{}")).status());
    mine.send(HttpMethod.DELETE, null);
    listening.awaitEnd();
  }
}

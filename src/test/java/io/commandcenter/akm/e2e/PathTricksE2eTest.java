package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.ApiCaller;
import io.commandcenter.akm.testkit.RunningService;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Incidents in other products, as they would look here. */
class PathTricksE2eTest {
  @TempDir static Path folder;
  private static RunningService service;
  private static ApiCaller api;
  private static String readOnly;

  @BeforeAll
  static void start() {
    service = Served.in(folder, 10_000);
    api = new ApiCaller(service.vertx(), service.url());
    readOnly = mint("read-only").getString("token");
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  private static JsonObject mint(String scope) {
    return service.post(
        "/api/v1/tokens", new JsonObject().put("name", "tricks").put("scope", scope));
  }

  /** The status line and all that follows, of one request as it is written here. */
  private static String raw(String requestLine, String... headers) throws IOException {
    var port = URI.create(service.url()).getPort();
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      var text =
          requestLine + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static boolean entered(String answer) {
    return answer.startsWith("HTTP/1.1 2") && !answer.contains("\"outcome\":\"UP\"");
  }

  private static List<String> disguises(String path) {
    var tail = path.substring(1);
    var last = path.substring(path.lastIndexOf('/') + 1);
    var parent = path.substring(0, path.lastIndexOf('/') + 1);
    var hex = String.format("%%%02x", (int) last.charAt(0)) + last.substring(1);
    return List.of(
        path,
        path + "/",
        path + "//",
        path + "#",
        path + "#/health/live",
        path + "?/health/live",
        path + ";/health/live",
        path + "%23",
        path + "%2f",
        path + "%00",
        path + "%20",
        path + "/.",
        path + "/%2e",
        path + "/x/..",
        "/" + path,
        "//" + path,
        path.replace("/", "//"),
        path.toUpperCase(java.util.Locale.ROOT),
        parent + hex,
        parent + "./" + last,
        parent + "%2e/" + last,
        "/health/live/../.." + path,
        "/health/live/%2e%2e/%2e%2e" + path,
        "/health/live/..%2f.." + path,
        "/health/live#/../.." + path,
        "/entry/.." + path,
        "/entry/x/../.." + path,
        "/entry/%2e%2e" + path,
        "/entry/..%5c" + tail,
        "/v1/.." + path,
        "\\" + tail.replace('/', '\\'),
        "http://127.0.0.1" + path,
        "http://health/live@127.0.0.1" + path,
        "http://127.0.0.1/health/live/../.." + path);
  }

  /** Seen failing with the gate of listKeys left out. */
  @Test
  void noDisguiseOfAPathGetsPastTheGate() throws IOException {
    var entered = new ArrayList<String>();
    for (var path :
        List.of(
            "/api/v1/keys", "/api/v1/tokens", "/api/v1/audit", "/api/v1/budget", "/v1/models")) {
      for (var disguise : disguises(path)) {
        var answer = raw("GET " + disguise + " HTTP/1.1", "Host: 127.0.0.1");
        if (entered(answer)) {
          entered.add(disguise);
        }
      }
    }
    assertEquals(List.of(), entered);
  }

  @Test
  void noDisguiseRaisesATokensScope() throws IOException {
    var entered = new ArrayList<String>();
    for (var path : List.of("/api/v1/keys", "/api/v1/audit")) {
      for (var disguise : disguises(path)) {
        var answer =
            raw(
                "GET " + disguise + " HTTP/1.1",
                "Host: 127.0.0.1",
                "Authorization: Bearer " + readOnly);
        if (entered(answer)) {
          entered.add(disguise);
        }
      }
    }
    assertEquals(List.of(), entered);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "127.0.0.1#.evil.example",
        "127.0.0.1/health/live",
        "127.0.0.1/health/live?",
        "127.0.0.1@evil.example",
        "/health/live",
        "localhost:1/health/live#",
        ""
      })
  void theHostHeaderNeverChoosesTheRoute(String host) throws IOException {
    var bare = raw("GET /api/v1/keys HTTP/1.1", "Host: " + host);
    assertFalse(entered(bare), bare);
    var answer =
        raw(
            "GET /api/v1/keys HTTP/1.1",
            "Host: " + host,
            "Authorization: Bearer " + readOnly,
            "X-Original-URL: /health/live",
            "X-Rewrite-URL: /health/live",
            "X-Forwarded-Prefix: /health/live");
    assertFalse(entered(answer), answer);
  }

  /** Seen failing with the path as it was sent in the place of the one that routes. */
  @Test
  void anApiKeyHeaderOpensNothingBesidesTheGateway() throws IOException {
    var admin = "x-api-key: " + RunningService.TOKEN;
    assertTrue(entered(raw("GET /v1/models HTTP/1.1", "Host: 127.0.0.1", admin)));
    for (var line :
        List.of(
            "/api/v1/keys",
            "/v1/../api/v1/keys",
            "/v1/%2e%2e/api/v1/keys",
            "//v1/../api/v1/keys")) {
      var answer = raw("GET " + line + " HTTP/1.1", "Host: 127.0.0.1", admin);
      assertFalse(entered(answer), line);
    }
  }

  /** Seen failing with a cache key of the token's first 20 characters. */
  @Test
  void aCachedTokenIsTheWholeToken() {
    var token = mint("admin").getString("token");
    assertEquals(200, api.get(token, "/api/v1/keys").statusCode());
    var half = token.substring(0, token.length() / 2);
    for (var other :
        List.of(
            token + "x",
            token.substring(0, token.length() - 1),
            half,
            half + "0".repeat(token.length() - half.length()),
            token.substring(0, token.length() - 8) + "00000000",
            token.toUpperCase(java.util.Locale.ROOT),
            token.replace("akm_admin_", "akm_client_"))) {
      assertEquals(
          401, api.get(other, "/api/v1/keys").statusCode(), other.length() + " characters");
    }
    assertEquals(200, api.get(token, "/api/v1/keys").statusCode());
  }

  @Test
  void nobodyGrantsItselfMore() {
    var client = mint("client").getString("token");
    var child = new JsonObject().put("name", "up");
    assertEquals(
        403,
        api.post(client, "/api/v1/tokens/children", child.copy().put("scope", "admin"))
            .statusCode());
    for (var member : List.of("parent_id", "grant", "principal", "by", "limits")) {
      var answer =
          api.post(client, "/api/v1/tokens/children", child.copy().put(member, new JsonObject()));
      assertEquals(400, answer.statusCode(), member);
    }
    var grant = new JsonObject().put("models", new JsonArray());
    for (var member : List.of("grant", "principal")) {
      var body = new JsonObject().put("task", "chat").put(member, grant);
      assertEquals(400, api.post(client, "/api/v1/route", body).statusCode(), member);
    }
    var chat =
        new JsonObject().put("model", "auto").put("messages", new JsonArray()).put("grant", grant);
    assertEquals(400, api.post(client, "/v1/chat/completions", chat).statusCode());
  }
}

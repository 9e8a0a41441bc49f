package io.commandcenter.akm.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.RawUpstream;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No caller makes the gateway connect to anything but the configured endpoints: not with a model's
 * name, a path, a header, a member of the body, an image's address or a redirect. Seen failing with
 * redirects followed.
 */
class NoForgedTargetE2eTest {
  private static final boolean ALL = Boolean.getBoolean("akm.soak");

  @TempDir Path directory;
  private RawUpstream elsewhere;
  private RawUpstream redirecting;
  private ClientRig rig;

  @BeforeEach
  void start() throws Exception {
    elsewhere = new RawUpstream("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}");
    redirecting =
        new RawUpstream(
            "HTTP/1.1 303 See Other\r\nlocation: http://"
                + elsewhere.hostPort()
                + "/v1/chat/completions\r\ncontent-length: 0\r\n\r\n");
    var astray =
        new JsonObject()
            .put("enabled", true)
            .put("protocol", "ollama")
            .put("endpoint", "http://" + redirecting.hostPort())
            .put("models", new JsonArray().add("qwen2.5-coder"));
    var hosts = new JsonArray().add(redirecting.hostPort()).add(elsewhere.hostPort());
    rig =
        new ClientRig(
            directory,
            new JsonObject().put("allowed_private_hosts", hosts),
            new JsonObject().put("astray", astray));
  }

  @AfterEach
  void stop() throws Exception {
    rig.close();
    redirecting.close();
    elsewhere.close();
  }

  private List<String> targets() {
    var port = elsewhere.hostPort().substring("127.0.0.1:".length());
    return List.of(
        "http://127.0.0.1:" + port,
        "http://2130706433:" + port,
        "http://0x7f000001:" + port,
        "http://0177.0.0.1:" + port,
        "http://127.1:" + port,
        "http://[::1]:" + port,
        "http://[::ffff:127.0.0.1]:" + port,
        "http://[::ffff:7f00:1]:" + port,
        "http://localhost:" + port,
        "http://127.0.0.1.nip.io:" + port,
        "http://169.254.169.254",
        "//127.0.0.1:" + port,
        "@127.0.0.1:" + port,
        "x@127.0.0.1:" + port + "/#",
        "\\\\127.0.0.1:" + port);
  }

  private List<String> names() {
    var names = new ArrayList<String>();
    for (var target : targets()) {
      names.add(target);
      names.add("openai/" + target);
      names.add("google/gemini-3.8-flash" + target);
      names.add("google/../../" + target);
      names.add("local/" + target + "/x?y#");
      names.add("openai/gpt-6.1-terra\r\nHost: " + target.replace("http://", ""));
    }
    names.addAll(
        List.of(
            "google/../../../admin",
            "google/..%2f..%2fadmin",
            "google/gemini-3.8-flash?key=x",
            "google/gemini-3.8-flash:generateContent?x=",
            "google/gemini-3.8-flash#",
            "google/gemini-3.8-flash/../gemini-3.5-flash-lite",
            "google/%2e%2e/%2e%2e/x",
            "openai/\u0000",
            "task:../x",
            "task:http://x"));
    return names;
  }

  @Test
  void noModelsNameIsAnAddress() throws Exception {
    int cases = 0;
    var calls = GatewayCall.values();
    var names = names();
    for (int i = 0; i < names.size(); i++) {
      for (int j = 0; j < calls.length; j++) {
        // A tenth: each name still meets some call, each call some names.
        if (ALL || (i + j) % 6 == 0) {
          refused(calls[j], names.get(i), encoded(names.get(i)));
          cases++;
          if (ALL && calls[j].path("", false).contains("/models/")) {
            refused(calls[j], names.get(i), names.get(i).replaceAll("[\\s\u0000]", "%0d%0a"));
            cases++;
          }
        }
      }
    }
    assertTrue(cases >= (ALL ? 1400 : 200), cases + " cases");
    assertEquals(0, elsewhere.connections());
    for (var provider : ClientRig.providers()) {
      assertEquals(0, rig.behind(provider).requests(), provider);
    }
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private void refused(GatewayCall call, String name, String inPath) throws Exception {
    var path = call.path(inPath, false);
    try (var caller =
        RawCaller.open(rig.akm().url(), RawCaller.request(path, call.body(name, false, "x")))) {
      var answer = caller.all();
      // What no HTTP server takes is closed without an answer at worst.
      assertFalse(answer.startsWith("HTTP/1.1 2"), path + " " + answer);
      assertFalse(answer.startsWith("HTTP/1.1 5"), path + " " + answer);
    }
  }

  @Test
  void noHeaderAndNoMemberIsAnAddress() throws Exception {
    for (var target : targets()) {
      var host = target.replaceAll("^.*[/@\\\\]", "");
      try (var caller =
          RawCaller.ask(
              rig.akm().url(),
              GatewayCall.CHAT,
              "openai/gpt-6.1-terra",
              false,
              "Hello",
              "X-Forwarded-Host: " + host,
              "X-Original-URL: " + target,
              "Forwarded: host=" + host,
              "x-akm-endpoint: " + target,
              "x-base-url: " + target)) {
        assertEquals(200, RawCaller.status(caller.all()));
      }
      for (var member : List.of("api_base", "base_url", "endpoint", "host", "url")) {
        var body =
            new JsonObject(GatewayCall.OLLAMA_CHAT.body("local/gpt-oss:20b", false, "x"))
                .put(member, target);
        ask("/api/chat", body.encode());
      }
    }
    assertEquals(0, elsewhere.connections());
    assertEquals("POST /api/chat", rig.behind("local").lastCall());
  }

  private String ask(String path, String body) throws Exception {
    try (var caller = RawCaller.open(rig.akm().url(), RawCaller.request(path, body))) {
      return caller.all();
    }
  }

  @Test
  void noImageAndNoFileIsFetched() throws Exception {
    for (var target : targets()) {
      for (var provider : ClientRig.providers()) {
        var image =
            new JsonObject()
                .put("type", "image_url")
                .put("image_url", new JsonObject().put("url", target + "/x.png"));
        var message =
            new JsonObject().put("role", "user").put("content", new JsonArray().add(image));
        var body =
            new JsonObject()
                .put("model", ClientRig.model(provider))
                .put("messages", new JsonArray().add(message));
        ask("/v1/chat/completions", body.encode());
      }
    }
    assertEquals(0, elsewhere.connections());
  }

  @Test
  void noRedirectIsFollowed() throws Exception {
    for (var call : List.of(GatewayCall.CHAT, GatewayCall.OLLAMA_CHAT, GatewayCall.GOOGLE)) {
      for (var stream : List.of(false, true)) {
        try (var caller =
            RawCaller.ask(rig.akm().url(), call, "astray/qwen2.5-coder", stream, "x")) {
          var answer = caller.all();
          assertTrue(RawCaller.status(answer) >= 400, answer);
          assertFalse(answer.contains(elsewhere.hostPort()), "it tells nothing of the inside");
        }
      }
    }
    assertTrue(redirecting.connections() > 0, "it was asked");
    assertEquals(0, elsewhere.connections());
  }
}

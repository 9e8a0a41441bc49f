package io.commandcenter.akm.e2e;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Requests that are wrong in every way there is, each with keys in places where none may be. */
final class HostileInputs {
  private static final List<String> PREFIXES =
      List.of("sk-ant-api03-", "sk-proj-", "AIza", "gsk_", "akm_admin_", "akmw_");
  private static final List<String> HEADERS =
      List.of(
          "Authorization",
          "X-Api-Key",
          "Cookie",
          "Origin",
          "Accept",
          "Accept-Encoding",
          "Content-Encoding",
          "Content-Type",
          "Expect",
          "Forwarded",
          "Host",
          "If-None-Match",
          "Last-Event-ID",
          "Mcp-Method",
          "Mcp-Protocol-Version",
          "Mcp-Session-Id",
          "Referer",
          "User-Agent",
          "X-Request-Id");
  private static final List<String> MEMBERS =
      List.of(
          "provider",
          "label",
          "key",
          "env_var",
          "weight",
          "expires_at",
          "tags",
          "owner",
          "name",
          "scope",
          "task",
          "model",
          "messages",
          "prompt",
          "input",
          "ttl_seconds",
          "for_token",
          "wrap_token",
          "grace_seconds",
          "text",
          "method",
          "params",
          "system",
          "max_tokens");
  private static final List<String> METHODS =
      List.of("initialize", "tools/call", "tools/list", "resources/read", "prompts/get", "ping");

  /**
   * @param type null for none
   */
  record Input(
      HttpMethod method, String path, String type, Buffer body, Map<String, String> more) {}

  private record Target(HttpMethod method, String path) {}

  private final Random random;
  private final String mark;
  private final Supplier<JsonObject> pages;
  private final List<Target> targets = new ArrayList<>();
  private JsonObject page;
  private int uses;

  /**
   * @param mark stands in each key, right after its prefix
   * @param pages opens one-time pages
   */
  HostileInputs(long seed, String mark, Supplier<JsonObject> pages) {
    random = new Random(seed);
    this.mark = mark;
    this.pages = pages;
    targets.addAll(operations());
    for (var path : List.of("chat/completions", "embeddings", "messages", "models", "responses")) {
      targets.add(new Target(HttpMethod.POST, "/v1/" + path));
      targets.add(new Target(HttpMethod.GET, "/v1/" + path));
    }
    for (int i = 0; i < 8; i++) {
      targets.add(new Target(HttpMethod.POST, "/mcp"));
      targets.add(new Target(HttpMethod.POST, "/entry/{page}"));
    }
    targets.add(new Target(HttpMethod.GET, "/mcp"));
    targets.add(new Target(HttpMethod.DELETE, "/mcp"));
    targets.add(new Target(HttpMethod.GET, "/health/ready"));
  }

  int targets() {
    return targets.size();
  }

  /** Every operation of the contract. */
  private static List<Target> operations() {
    try (var in = HostileInputs.class.getResourceAsStream("/openapi.yaml")) {
      Map<String, Object> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
      var found = new ArrayList<Target>();
      for (var path : new JsonObject(document).getJsonObject("paths")) {
        for (var method : ((JsonObject) path.getValue()).fieldNames()) {
          found.add(
              new Target(
                  HttpMethod.valueOf(method.toUpperCase(java.util.Locale.ROOT)),
                  "/api/v1" + path.getKey()));
        }
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Input next(int number) {
    var target = targets.get(number % targets.size());
    var path = path(target.path());
    var kind = random.nextInt(12);
    if (kind == 0) {
      return input(target, path + "?" + pick(List.of(key(), "provider", "limit")) + "=" + key());
    }
    if (kind == 1) {
      return input(target, path + "/" + escaped(key()));
    }
    if (kind == 2) {
      var body = Buffer.buffer(key());
      return new Input(target.method(), path, pick(List.of("text/plain", key())), body, Map.of());
    }
    var more =
        kind == 3
            ? Map.of(pick(HEADERS), pick(List.of("", "Bearer ", "akm_entry=")) + key())
            : kind == 4 ? Map.of("X-" + key(), "x") : Map.<String, String>of();
    return target.path().startsWith("/entry/")
        ? new Input(target.method(), path, "application/x-www-form-urlencoded", form(), more)
        : new Input(target.method(), path, "application/json", body(target, kind), more);
  }

  private Input input(Target target, String uri) {
    return new Input(target.method(), uri, null, null, Map.of());
  }

  private String path(String pattern) {
    if (pattern.contains("{page}")) {
      if (page == null || ++uses % 6 == 0) {
        page = pages.get();
      }
      return random.nextInt(8) == 0 ? "/entry/" + key() : page.getString("path");
    }
    return pattern.replaceAll("\\{\\w+}", random.nextInt(4) == 0 ? key() : "key_" + uses);
  }

  private Buffer form() {
    var code = random.nextInt(3) == 0 ? page.getString("code") : key();
    return Buffer.buffer(
        switch (random.nextInt(7)) {
          case 0 -> "code=" + code + "&key=" + key() + "%zz";
          case 1 -> "code=" + code + "&key=" + key() + "&key=" + key();
          case 2 -> key() + "=" + key();
          case 3 -> "code=" + code + "&key=" + key() + "+" + key();
          case 4 -> "code=" + code + "&key=" + key().repeat(120);
          case 5 -> "code=" + key() + "&anyway=" + key();
          default -> "code=" + code + "&key=%00" + key() + "&" + key();
        });
  }

  private Buffer body(Target target, int kind) {
    var text = target.path().equals("/mcp") ? message() : json();
    return switch (kind) {
      case 5 -> Buffer.buffer(text.substring(0, text.length() - 1 - random.nextInt(20)));
      case 6 -> Buffer.buffer(text + key());
      case 7 -> Buffer.buffer("[".repeat(100) + "\"" + key() + "\"");
      case 8 -> Buffer.buffer(text).appendByte((byte) 0xc3).appendString(key());
      case 9 -> Buffer.buffer(text.replaceFirst("\\{", "{\"" + key() + "\":tru" + key() + ","));
      default -> Buffer.buffer(text);
    };
  }

  private String json() {
    var member = pick(MEMBERS);
    return switch (random.nextInt(8)) {
      case 0 -> "{\"" + key() + "\":1}";
      case 1 -> "{\"" + member + "\":\"" + key() + "\",\"" + key() + "\":\"" + key() + "\"}";
      case 2 -> "{\"" + member + "\":{\"" + key() + "\":[\"" + key() + "\"]}}";
      case 3 -> "{\"" + member + "\":[\"" + key() + "\",null," + random.nextInt() + "]}";
      case 4 -> "{\"provider\":\"openai\",\"label\":\"" + key() + "\",\"key\":\"" + key() + "\"}";
      case 5 -> "{\"" + member + "\":\"a\",\"" + member + "\":\"" + key() + "\"}";
      case 6 -> "{\"key\":[\"" + key() + "\"],\"label\":\"x\",\"provider\":\"" + key() + "\"}";
      default -> "{\"" + member + "\":\"" + key() + "\\u0000\\ud800\"}";
    };
  }

  /** Without a key as its id: JSON-RPC obliges a server to repeat that. */
  private String message() {
    var method = random.nextInt(3) == 0 ? key() : pick(METHODS);
    var params =
        switch (random.nextInt(6)) {
          case 0 -> "\"" + key() + "\"";
          case 1 -> "{\"name\":\"" + key() + "\",\"arguments\":{}}";
          case 2 -> "{\"name\":\"add_api_key\",\"arguments\":{\"label\":\"" + key() + "\"}}";
          case 3 -> "{\"uri\":\"" + key() + "\"}";
          case 4 ->
              "{\"protocolVersion\":\"" + key() + "\",\"clientInfo\":{\"name\":\"" + key() + "\"}}";
          default -> "{\"" + key() + "\":[{\"" + key() + "\":\"" + key() + "\"}]}";
        };
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + uses++
        + ",\"method\":\""
        + method
        + "\",\"params\":"
        + params
        + "}";
  }

  private String key() {
    var text = new StringBuilder(pick(PREFIXES)).append(mark);
    if (text.indexOf("akm_admin_") == 0) {
      text.setLength(0);
      text.append("akm_admin_").append(mark);
    }
    random.ints(34, 0, 36).forEach(i -> text.append(Character.forDigit(i, 36)));
    return text.toString();
  }

  /** Some of it percent-encoded, as a browser would never do it. */
  private String escaped(String key) {
    if (random.nextBoolean()) {
      return key;
    }
    var hex = new StringBuilder();
    for (byte b : key.getBytes(StandardCharsets.US_ASCII)) {
      hex.append(random.nextInt(3) == 0 ? String.format("%%%02X", b) : (char) b);
    }
    return hex.toString();
  }

  private <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}

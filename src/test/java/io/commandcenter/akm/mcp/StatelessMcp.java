package io.commandcenter.akm.mcp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/** Requests of 2026-07-28 as they have to be; a test takes something away or changes it. */
final class StatelessMcp {
  static final String VERSION = "2026-07-28";
  static final String NAMESPACE = "io.modelcontextprotocol/";

  final RawMcp raw;
  private JsonObject abilities = new JsonObject();

  StatelessMcp(Vertx vertx, URI uri, String bearer) {
    raw = new RawMcp(vertx, uri, bearer).with("MCP-Protocol-Version", VERSION);
  }

  StatelessMcp abilities(JsonObject declared) {
    abilities = declared;
    return this;
  }

  JsonObject meta() {
    return new JsonObject()
        .put(NAMESPACE + "protocolVersion", VERSION)
        .put(NAMESPACE + "clientInfo", new JsonObject().put("name", "raw").put("version", "1"))
        .put(NAMESPACE + "clientCapabilities", abilities.copy());
  }

  /** The parameters with their {@code _meta}, to which its own members are added. */
  JsonObject parameters(JsonObject parameters) {
    var meta = meta().mergeIn(parameters.getJsonObject("_meta", new JsonObject()));
    return parameters.copy().put("_meta", meta);
  }

  String message(String method, JsonObject parameters) {
    return RawMcp.request(1, method, parameters(parameters).encode());
  }

  /** Says in the headers what these parameters say. */
  StatelessMcp mirrored(String method, JsonObject parameters) {
    var name = parameters.getValue(method.equals("resources/read") ? "uri" : "name");
    raw.with("Mcp-Method", method).with("Mcp-Name", name instanceof String text ? text : null);
    return this;
  }

  RawMcp.Answer ask(String method, JsonObject parameters) throws TimeoutException {
    return mirrored(method, parameters).raw.post(message(method, parameters));
  }

  RawMcp.Answer ask(String method) throws TimeoutException {
    return ask(method, new JsonObject());
  }

  RawMcp.Answer call(String tool, JsonObject arguments) throws TimeoutException {
    return ask("tools/call", named(tool).put("arguments", arguments));
  }

  RawMcp.Stream open(String method, JsonObject parameters) throws TimeoutException {
    return mirrored(method, parameters)
        .raw
        .open(HttpMethod.POST, message(method, parameters), Map.of());
  }

  /**
   * @param uris to hear of
   */
  RawMcp.Stream listen(String... uris) throws TimeoutException {
    return open(
        "subscriptions/listen", filter(new JsonObject().put("resourceSubscriptions", uris)));
  }

  static JsonObject filter(JsonObject notifications) {
    return new JsonObject().put("notifications", new JsonObject(notifications.encode()));
  }

  static JsonObject named(String name) {
    return new JsonObject().put("name", name);
  }

  /** What a request of id 1 came to, which has to be a result. */
  static JsonObject result(RawMcp.Answer answer) {
    assertEquals(200, answer.status(), answer.body());
    assertEquals(1, answer.json().getInteger("id"));
    return answer.json().getJsonObject("result");
  }

  static void refused(int status, int code, RawMcp.Answer answer) {
    assertEquals(code, answer.error(), answer.body());
    assertEquals(status, answer.status());
    assertEquals("2.0", answer.json().getString("jsonrpc"));
    assertEquals("application/json", answer.headers().get("Content-Type"));
  }
}

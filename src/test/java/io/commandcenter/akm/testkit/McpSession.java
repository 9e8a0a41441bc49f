package io.commandcenter.akm.testkit;

import static io.commandcenter.akm.testkit.TestVertx.await;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import java.util.List;

/** Raw JSON-RPC over the MCP endpoint, with a transcript of everything that came back. */
public final class McpSession {
  private final WebClient client;
  private final String url;
  private final String token;
  private final List<String> transcript;
  private String session;
  private int id;

  public McpSession(Vertx vertx, String url, List<String> transcript) {
    this(vertx, url, RunningService.TOKEN, transcript);
  }

  public McpSession(Vertx vertx, String url, String token, List<String> transcript) {
    this.token = token;
    this.client = WebClient.create(vertx);
    this.url = url + "/mcp";
    this.transcript = transcript;
    call(
        "initialize",
        new JsonObject()
            .put("protocolVersion", "2025-11-25")
            .put("capabilities", new JsonObject())
            .put("clientInfo", new JsonObject().put("name", "test").put("version", "1")));
  }

  /** The result of a tool. */
  public JsonObject tool(String name, JsonObject arguments) {
    return call("tools/call", new JsonObject().put("name", name).put("arguments", arguments));
  }

  public JsonObject call(String method, JsonObject params) {
    var message =
        new JsonObject()
            .put("jsonrpc", "2.0")
            .put("id", ++id)
            .put("method", method)
            .put("params", params);
    var request =
        client
            .postAbs(url)
            .bearerTokenAuthentication(token)
            .putHeader("Accept", "application/json, text/event-stream");
    if (session != null) {
      request.putHeader("Mcp-Session-Id", session);
    }
    var answer = await(request.sendJsonObject(message));
    transcript.add(answer.headers() + "\n" + answer.bodyAsString());
    session = session == null ? answer.getHeader("Mcp-Session-Id") : session;
    var body = answer.bodyAsString();
    var data = body.startsWith("{") ? body : lastEvent(body);
    var json = new JsonObject(data);
    return json.containsKey("result") ? json.getJsonObject("result") : json;
  }

  private static String lastEvent(String sse) {
    int start = sse.lastIndexOf("data: {");
    return sse.substring(start + 6, sse.indexOf('\n', start));
  }
}

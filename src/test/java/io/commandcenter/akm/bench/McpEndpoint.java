package io.commandcenter.akm.bench;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * An MCP server that is measured, and how requests to it look.
 *
 * @param bearer a token; empty where none is asked for
 * @param program whose CPU and memory count; none inside of a test
 */
record McpEndpoint(String name, int port, Optional<String> bearer, Optional<Program> program) {
  static final String PATH = "/mcp";
  static final String SESSIONS = "2025-11-25";
  static final String STATELESS = "2026-07-28";

  /**
   * @param session null before there is one
   */
  MultiMap headers(String session) {
    var headers =
        HttpHeaders.headers()
            .add("Host", "127.0.0.1:" + port)
            .add("Accept", "application/json, text/event-stream")
            .add("Content-Type", "application/json");
    bearer.ifPresent(token -> headers.add("Authorization", "Bearer " + token));
    if (session != null) {
      headers.add("Mcp-Session-Id", session).add("MCP-Protocol-Version", SESSIONS);
    }
    return headers;
  }

  /** A call in a session, as bytes. */
  Question call(String session, int id, String tool, JsonObject arguments, String sought) {
    var params = new JsonObject().put("name", tool).put("arguments", arguments);
    return new Question(wire(headers(session), rpc(id, "tools/call", params)), sought);
  }

  /** A call that says everything of itself. */
  Question statelessCall(int id, String tool, JsonObject arguments, String sought) {
    var meta =
        new JsonObject()
            .put("io.modelcontextprotocol/protocolVersion", STATELESS)
            .put("io.modelcontextprotocol/clientCapabilities", new JsonObject());
    var params = new JsonObject().put("name", tool).put("arguments", arguments).put("_meta", meta);
    var headers =
        headers(null)
            .add("MCP-Protocol-Version", STATELESS)
            .add("Mcp-Method", "tools/call")
            .add("Mcp-Name", tool);
    return new Question(wire(headers, rpc(id, "tools/call", params)), sought);
  }

  static String rpc(int id, String method, JsonObject params) {
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("id", id)
        .put("method", method)
        .put("params", params)
        .encode();
  }

  private static Buffer wire(MultiMap headers, String body) {
    var content = Buffer.buffer(body);
    var head = new StringBuilder("POST " + PATH + " HTTP/1.1\r\n");
    headers.forEach(header -> head.append(header.getKey() + ": " + header.getValue() + "\r\n"));
    head.append("Content-Length: ").append(content.length()).append("\r\n\r\n");
    return Buffer.buffer(head.toString()).appendBuffer(content);
  }
}

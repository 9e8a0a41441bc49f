package io.commandcenter.akm.mcp.transport;

import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.vertx.core.http.HttpServerRequest;

/** Which era a message belongs to. */
enum Lane {
  SESSIONS,
  STATELESS,
  /** It names a version that nobody here speaks. */
  UNKNOWN;

  static final String METHOD_HEADER = "Mcp-Method";
  private static final String VERSION_MEMBER = "io.modelcontextprotocol/protocolVersion";

  /**
   * A version in the headers decides; clients of the older era may send the newer one's other
   * headers too. Without one the message itself shows it.
   */
  static Lane of(HttpServerRequest http, JSONRPCMessage message) {
    var version = http.getHeader(HttpHeaders.PROTOCOL_VERSION);
    if (version != null && Revisions.SESSIONS.contains(version)) {
      return SESSIONS;
    }
    if (Revisions.STATELESS.equals(version) || http.getHeader(METHOD_HEADER) != null) {
      return STATELESS;
    }
    if (http.getHeader(HttpHeaders.MCP_SESSION_ID) == null
        && message instanceof JSONRPCRequest request
        && (request.method().equals("server/discover")
            || Parameters.of(request.params()).meta().containsKey(VERSION_MEMBER))) {
      return STATELESS;
    }
    return version == null ? SESSIONS : UNKNOWN;
  }
}

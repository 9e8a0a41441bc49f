package io.commandcenter.akm.mcp.transport;

import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_REQUEST;

import io.modelcontextprotocol.spec.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;

/** What a request's headers must say before its body is read. */
final class Guards {
  static final String JSON = "application/json";
  static final String EVENTS = "text/event-stream";

  private final List<String> versions;
  private final Replies replies;

  Guards(List<String> versions, Replies replies) {
    this.versions = versions;
    this.replies = replies;
  }

  void headers(RoutingContext rc) {
    var request = rc.request();
    var version = request.getHeader(HttpHeaders.PROTOCOL_VERSION);
    if (version != null && !versions.contains(version)) {
      replies.refuse(
          rc,
          400,
          INVALID_REQUEST,
          "Unsupported MCP-Protocol-Version; supported are " + String.join(", ", versions));
      return;
    }
    switch (request.method().name()) {
      case "POST" -> post(rc);
      case "GET" -> get(rc);
      case "DELETE" -> rc.next();
      default -> {
        rc.response().putHeader("Allow", "GET, POST, DELETE");
        replies.refuse(rc, 405, INVALID_REQUEST, "Use GET, POST or DELETE");
      }
    }
  }

  private void post(RoutingContext rc) {
    if (!accepts(rc, JSON) || !accepts(rc, EVENTS)) {
      replies.refuse(
          rc, 406, INVALID_REQUEST, "Accept must list application/json and text/event-stream");
      return;
    }
    var type = rc.request().getHeader(HttpHeaders.CONTENT_TYPE);
    if (type == null || !type.split(";", 2)[0].trim().equalsIgnoreCase(JSON)) {
      replies.refuse(rc, 415, INVALID_REQUEST, "Content-Type must be application/json");
      return;
    }
    rc.next();
  }

  private void get(RoutingContext rc) {
    if (accepts(rc, EVENTS)) {
      rc.next();
    } else {
      replies.refuse(rc, 406, INVALID_REQUEST, "Accept must list text/event-stream");
    }
  }

  private static boolean accepts(RoutingContext rc, String type) {
    var accept =
        String.join(",", rc.request().headers().getAll(HttpHeaders.ACCEPT))
            .toLowerCase(Locale.ROOT);
    return accept.contains(type)
        || accept.contains("*/*")
        || accept.contains(type.substring(0, type.indexOf('/')) + "/*");
  }
}

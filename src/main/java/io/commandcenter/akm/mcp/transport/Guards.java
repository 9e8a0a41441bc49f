package io.commandcenter.akm.mcp.transport;

import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_REQUEST;

import io.modelcontextprotocol.spec.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** What a request's headers must say before its body is read. */
final class Guards {
  static final String JSON = "application/json";
  static final String EVENTS = "text/event-stream";

  private final Replies replies;

  Guards(Replies replies) {
    this.replies = replies;
  }

  void headers(RoutingContext rc) {
    var request = rc.request();
    var version = request.getHeader(HttpHeaders.PROTOCOL_VERSION);
    switch (request.method().name()) {
      // Which lane a message is in, and with it the version, shows once its body is read.
      case "POST" -> post(rc);
      case "GET", "DELETE" -> {
        if (Revisions.STATELESS.equals(version)) {
          refuseMethod(rc, "POST");
        } else if (version != null && !Revisions.SESSIONS.contains(version)) {
          refuseVersion(rc);
        } else if (request.method() == HttpMethod.GET) {
          get(rc);
        } else {
          rc.next();
        }
      }
      default -> refuseMethod(rc, "GET, POST, DELETE");
    }
  }

  void refuseVersion(RoutingContext rc) {
    replies.refuse(
        rc,
        400,
        INVALID_REQUEST,
        "Unsupported MCP-Protocol-Version; supported are " + String.join(", ", Revisions.ALL));
  }

  private void refuseMethod(RoutingContext rc, String allowed) {
    rc.response().putHeader("Allow", allowed);
    replies.refuse(rc, 405, INVALID_REQUEST, "Use " + allowed);
  }

  private void post(RoutingContext rc) {
    var accept = accept(rc);
    if (!accepts(accept, JSON) || !accepts(accept, EVENTS)) {
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
    if (accepts(accept(rc), EVENTS)) {
      rc.next();
    } else {
      replies.refuse(rc, 406, INVALID_REQUEST, "Accept must list text/event-stream");
    }
  }

  private static String accept(RoutingContext rc) {
    return String.join(",", rc.request().headers().getAll(HttpHeaders.ACCEPT))
        .toLowerCase(Locale.ROOT);
  }

  private static boolean accepts(String accept, String type) {
    return accept.contains(type)
        || accept.contains("*/*")
        || accept.contains(type.substring(0, type.indexOf('/')) + "/*");
  }
}

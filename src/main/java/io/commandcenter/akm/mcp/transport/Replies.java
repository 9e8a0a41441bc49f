package io.commandcenter.akm.mcp.transport;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;

/** Answers that are no stream: one JSON document, or only a status. */
public final class Replies {
  private final McpJsonMapper mapper;

  public Replies(McpJsonMapper mapper) {
    this.mapper = mapper;
  }

  /** A refusal by the transport itself, before any request was understood. */
  public void refuse(RoutingContext rc, int status, int code, String message) {
    refuse(rc, null, status, code, message);
  }

  public void refuse(RoutingContext rc, Object requestId, int status, int code, String message) {
    var error = new JsonObject().put("code", code).put("message", message);
    var document = new JsonObject().put("jsonrpc", "2.0").put("id", requestId).put("error", error);
    boolean unread = announcesBody(rc.request()) && !rc.request().isEnded();
    if (unread) {
      // Nothing more is read from a refused client; its connection goes with the refusal.
      rc.response().putHeader("Connection", "close");
    }
    var written = json(rc, status).end(document.encode());
    if (unread) {
      written.onComplete(done -> rc.request().connection().close());
    }
  }

  public void answer(RoutingContext rc, JSONRPCResponse response) {
    try {
      json(rc, 200).end(mapper.writeValueAsString(response));
    } catch (IOException e) {
      rc.fail(e);
    }
  }

  public void status(RoutingContext rc, int status) {
    if (!rc.response().ended()) {
      rc.response().setStatusCode(status).end();
    }
  }

  private static boolean announcesBody(HttpServerRequest request) {
    var length = request.getHeader("Content-Length");
    return request.headers().contains("Transfer-Encoding")
        || (length != null && !length.equals("0"));
  }

  private static HttpServerResponse json(RoutingContext rc, int status) {
    return rc.response().setStatusCode(status).putHeader("Content-Type", "application/json");
  }
}

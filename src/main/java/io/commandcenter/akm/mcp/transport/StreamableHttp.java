package io.commandcenter.akm.mcp.transport;

import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_REQUEST;
import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.PARSE_ERROR;

import io.commandcenter.akm.mcp.transport.session.SessionLane;
import io.commandcenter.akm.mcp.transport.stateless.StatelessLane;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ElicitationCompleteNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

/**
 * MCP over streamable HTTP for vertx-web, in two lanes on one endpoint. A request passes, in this
 * order: a check of Host and Origin, authentication, {@link #guard}, the reading of its body, and
 * {@link #handle}.
 *
 * <p>One object serves any number of event loops. See
 * https://modelcontextprotocol.io/specification/2025-11-25/basic/transports and
 * https://modelcontextprotocol.io/specification/2026-07-28/basic/transports
 */
public final class StreamableHttp {
  private final Wiring wiring;
  private final JsonRpc jsonRpc;
  private final Guards guards;
  private final SecretGuard secrets;
  private final SessionLane sessions;
  private final StatelessLane stateless;

  public StreamableHttp(Wiring wiring) {
    this.wiring = wiring;
    jsonRpc = new JsonRpc(wiring.mapper());
    guards = new Guards(wiring.replies());
    secrets = new SecretGuard(wiring.features(), wiring.replies());
    sessions = new SessionLane(wiring);
    stateless = new StatelessLane(wiring);
  }

  /** Refuses what the headers alone show to be wrong; goes on to the next handler otherwise. */
  public void guard(RoutingContext rc) {
    if (wiring.drain().closing()) {
      rc.response().putHeader("Retry-After", "5");
      wiring
          .replies()
          .refuse(rc, 503, Errors.LIMIT_REACHED, "The server is stopping; try again shortly");
    } else {
      guards.headers(rc);
    }
  }

  public void refuseTooLarge(RoutingContext rc, String message) {
    wiring.replies().refuse(rc, 413, INVALID_REQUEST, message);
  }

  /**
   * Answers a request that passed {@link #guard}.
   *
   * @param body of a POST; ignored otherwise
   */
  public void handle(RoutingContext rc, String body) {
    switch (rc.request().method().name()) {
      case "POST" -> post(rc, body);
      case "GET" -> sessions.listen(rc);
      default -> sessions.delete(rc);
    }
  }

  private void post(RoutingContext rc, String body) {
    var parsed = jsonRpc.parse(body);
    if (parsed instanceof JsonRpc.Message message) {
      receive(rc, message.message());
    } else if (parsed instanceof JsonRpc.NoJson) {
      wiring.replies().refuse(rc, 400, PARSE_ERROR, "The body is not JSON");
    } else {
      wiring.replies().refuse(rc, 400, INVALID_REQUEST, "The body is not one JSON-RPC message");
    }
  }

  private void receive(RoutingContext rc, JSONRPCMessage message) {
    if (secrets.refused(rc, message)) {
      return;
    }
    switch (Lane.of(rc.request(), message)) {
      case STATELESS -> stateless.receive(rc, message);
      case SESSIONS -> sessions.receive(rc, message);
      case UNKNOWN -> guards.refuseVersion(rc);
    }
  }

  /** Whether anybody has subscribed to anything; cheap. */
  public boolean isAnyWanted() {
    return wiring.interest().any();
  }

  public boolean isWanted(String uri) {
    return wiring.interest().in(uri);
  }

  /** Tells everyone who has subscribed to the resource. */
  public void updated(String uri) {
    sessions.updated(uri);
    stateless.updated(uri);
  }

  /**
   * Tells every client that a list has changed.
   *
   * @param list tools, prompts or resources, if the server's card says that it changes
   */
  public void changed(String list) {
    sessions.announce("notifications/" + list + "/list_changed");
    stateless.changed(list);
  }

  /** Tells a session that its person is done with a page. */
  public void elicited(String sessionId, String elicitationId) {
    sessions.tell(
        sessionId,
        McpSchema.METHOD_NOTIFICATION_ELICITATION_COMPLETE,
        new ElicitationCompleteNotification(elicitationId));
  }

  /** Ends every session and listener of one caller, for example when its token was revoked. */
  public void drop(String callerId) {
    sessions.dropSessionsOf(callerId);
    stateless.dropListenersOf(callerId);
  }

  public int sessionCount() {
    return sessions.count();
  }

  public int listenerCount() {
    return stateless.listenerCount();
  }

  /** Takes nothing new, waits for what runs, then ends every session and listener. */
  public Future<Void> close() {
    var context = wiring.vertx().getOrCreateContext();
    return wiring
        .drain()
        .close(wiring.settings().drain())
        .eventually(
            () -> {
              stateless.close();
              return Rx.future(context, sessions.close());
            });
  }
}

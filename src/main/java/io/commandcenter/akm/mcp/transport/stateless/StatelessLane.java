package io.commandcenter.akm.mcp.transport.stateless;

import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_PARAMS;
import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_REQUEST;
import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.METHOD_NOT_FOUND;

import io.commandcenter.akm.mcp.transport.Errors;
import io.commandcenter.akm.mcp.transport.Revisions;
import io.commandcenter.akm.mcp.transport.Wiring;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse.JSONRPCError;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** The messages of the stateless lane, once their HTTP headers passed. */
public final class StatelessLane {
  private final Wiring wiring;
  private final Replying replying;
  private final Listeners listeners;
  private final RunningRequests running;
  private final long timer;

  public StatelessLane(Wiring wiring) {
    this.wiring = wiring;
    replying = new Replying(wiring.features(), wiring.mapper());
    listeners = new Listeners(wiring, replying);
    running = new RunningRequests(wiring, replying);
    timer =
        wiring
            .vertx()
            .setPeriodic(
                wiring.settings().heartbeat().toMillis(),
                t -> {
                  listeners.heartbeat();
                  running.heartbeat();
                });
  }

  public void receive(RoutingContext rc, JSONRPCMessage message) {
    if (message instanceof JSONRPCRequest request) {
      receive(rc, StatelessRequest.of(request));
    } else if (message instanceof JSONRPCNotification) {
      // Nothing is kept that a notification could be about; closing a connection cancels.
      wiring.replies().status(rc, 202);
    } else {
      wiring.replies().refuse(rc, 400, INVALID_REQUEST, "No request awaits this response");
    }
  }

  private void receive(RoutingContext rc, StatelessRequest request) {
    if (refused(rc, request)) {
      return;
    }
    var caller = wiring.callers().apply(rc);
    switch (request.method()) {
      case "server/discover" -> answer(rc, 200, replying.discovery(request));
      case "subscriptions/listen" -> listen(rc, request, caller);
      default -> {
        if (wiring.methods().names().contains(request.method())) {
          running.run(rc, request, caller);
        } else {
          refuse(rc, 404, request, METHOD_NOT_FOUND, "There is no such method");
        }
      }
    }
  }

  /** What every request has to say, in its body and again in its headers. */
  private boolean refused(RoutingContext rc, StatelessRequest request) {
    var version = request.version();
    if (version == null || !request.declaresCapabilities()) {
      refuse(
          rc,
          400,
          request,
          INVALID_PARAMS,
          "_meta needs io.modelcontextprotocol/protocolVersion and"
              + " io.modelcontextprotocol/clientCapabilities");
      return true;
    }
    var mismatch = MirroredHeaders.mismatch(rc.request(), request);
    if (mismatch.isPresent() && !unknownIsSaidTwice(rc, version)) {
      boolean burned = wiring.features().secret(rc.request().getHeader(mismatch.get()));
      refuse(
          rc,
          400,
          request,
          Errors.HEADER_MISMATCH,
          "The header "
              + mismatch.get()
              + (burned ? Errors.BURNED : " is missing or does not say what the body says"));
      return true;
    }
    if (!version.equals(Revisions.STATELESS)) {
      var supported = Map.of("supported", Revisions.ALL, "requested", version);
      var error =
          new JSONRPCError(
              Errors.UNSUPPORTED_VERSION, "This protocol version is not spoken here", supported);
      answer(rc, 400, replying.error(request.id(), error));
      return true;
    }
    return false;
  }

  /** An unknown version is the thing to tell, whatever else its client does differently. */
  private static boolean unknownIsSaidTwice(RoutingContext rc, String version) {
    return !version.equals(Revisions.STATELESS)
        && version.equals(rc.request().getHeader("MCP-Protocol-Version"));
  }

  private void listen(RoutingContext rc, StatelessRequest request, Caller caller) {
    if (listeners.full(caller)) {
      rc.response().putHeader("Retry-After", "30");
      refuse(rc, 503, request, Errors.LIMIT_REACHED, "Too many listeners; close one first");
      return;
    }
    try {
      listeners.listen(rc, request, caller);
    } catch (McpError malformed) {
      answer(rc, 200, replying.error(request.id(), malformed.getJsonRpcError()));
    }
  }

  private void refuse(
      RoutingContext rc, int status, StatelessRequest request, int code, String message) {
    wiring.replies().refuse(rc, request.id(), status, code, message);
  }

  private void answer(RoutingContext rc, int status, String json) {
    rc.response().setStatusCode(status).putHeader("Content-Type", "application/json").end(json);
  }

  public void updated(String uri) {
    listeners.updated(uri);
  }

  public void changed(String list) {
    listeners.changed(list);
  }

  public void dropListenersOf(String callerId) {
    listeners.dropOf(callerId);
  }

  public int listenerCount() {
    return listeners.count();
  }

  public void close() {
    wiring.vertx().cancelTimer(timer);
    listeners.closeAll();
  }
}

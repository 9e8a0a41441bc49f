package io.commandcenter.akm.mcp.transport.session;

import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_PARAMS;
import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_REQUEST;
import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.METHOD_NOT_FOUND;

import io.commandcenter.akm.mcp.transport.Cancellation;
import io.commandcenter.akm.mcp.transport.Errors;
import io.commandcenter.akm.mcp.transport.JsonRpc;
import io.commandcenter.akm.mcp.transport.Replies;
import io.commandcenter.akm.mcp.transport.Revisions;
import io.commandcenter.akm.mcp.transport.Rx;
import io.commandcenter.akm.mcp.transport.Wiring;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import reactor.core.publisher.Mono;

/** What comes over HTTP, once its headers passed: messages, listeners, farewells. */
public final class SessionLane {
  private static final String CANCELLED = "notifications/cancelled";
  private static final String RETRY_SECONDS = "30";

  private final Wiring wiring;
  private final Replies replies;
  private final Sessions sessions;
  private final McpStreamableServerSession.Factory factory;
  private final Set<String> methods;
  private final long timer;

  public SessionLane(Wiring wiring) {
    this.wiring = wiring;
    replies = wiring.replies();
    sessions = new Sessions(wiring.settings());
    var handlers = new SessionHandlers(wiring.features(), wiring.methods(), wiring.mapper());
    factory = handlers.factory(wiring.settings().patience());
    methods = Set.copyOf(handlers.requests().keySet());
    timer =
        wiring
            .vertx()
            .setPeriodic(
                wiring.settings().heartbeat().toMillis(),
                t -> sessions.dropAll(Session::sweep).subscribe());
  }

  /** A message that was posted. */
  public void receive(RoutingContext rc, JSONRPCMessage message) {
    if (message instanceof JSONRPCRequest request
        && request.method().equals(McpSchema.METHOD_INITIALIZE)) {
      initialize(rc, request);
      return;
    }
    session(rc)
        .ifPresent(
            session -> {
              session.touch();
              if (message instanceof JSONRPCRequest request) {
                run(rc, session, request);
              } else if (message instanceof JSONRPCResponse response) {
                accept(rc, session, response);
              } else if (message instanceof JSONRPCNotification notification) {
                hear(rc, session, notification);
              }
            });
  }

  /** A GET: the client listens, or comes back to a stream. */
  public void listen(RoutingContext rc) {
    session(rc).ifPresent(session -> listen(rc, session));
  }

  public void delete(RoutingContext rc) {
    session(rc).ifPresent(session -> delete(rc, session));
  }

  /** Tells every session that has subscribed to the resource. */
  public void updated(String uri) {
    sessions.updated(uri).subscribe();
  }

  /** Tells every session something without parameters, such as a changed list. */
  public void announce(String method) {
    sessions.notify(method, Map.of()).subscribe();
  }

  /** Tells one session; nothing happens if it is gone. */
  public void tell(String sessionId, String method, Object params) {
    sessions.notify(sessionId, method, params).subscribe();
  }

  public void dropSessionsOf(String callerId) {
    sessions.dropAll(session -> session.owner().equals(callerId)).subscribe();
  }

  public int count() {
    return sessions.count();
  }

  /** Ends every session. */
  public Mono<Void> close() {
    return sessions.dropAll(session -> true).doOnSubscribe(s -> wiring.vertx().cancelTimer(timer));
  }

  private void initialize(RoutingContext rc, JSONRPCRequest request) {
    var opening = opening(request);
    if (opening.isEmpty()) {
      replies.refuse(
          rc, request.id(), 200, INVALID_PARAMS, "initialize needs at least protocolVersion");
      return;
    }
    var owner = wiring.callers().apply(rc).id();
    if (!sessions.reserve(owner)) {
      rc.response().putHeader("Retry-After", RETRY_SECONDS);
      replies.refuse(
          rc,
          request.id(),
          503,
          Errors.LIMIT_REACHED,
          "Too many sessions; close one or try again later");
      return;
    }
    var start = factory.startSession(opening.get());
    Rx.future(wiring.vertx().getOrCreateContext(), start.initResult())
        .onSuccess(
            result -> {
              sessions.add(
                  new Session(
                      start.session(),
                      owner,
                      result.protocolVersion(),
                      wiring.settings(),
                      wiring.interest(),
                      wiring.nanoTime()));
              rc.response().putHeader(HttpHeaders.MCP_SESSION_ID, start.session().getId());
              replies.answer(rc, JSONRPCResponse.result(request.id(), result));
            })
        .onFailure(
            failed -> {
              sessions.release(owner);
              rc.fail(failed);
            });
  }

  /** An unknown version is answered with the newest one, and never gets into the SDK's log. */
  private Optional<InitializeRequest> opening(JSONRPCRequest request) {
    try {
      var asked = wiring.mapper().convertValue(request.params(), InitializeRequest.class);
      var version =
          Revisions.SESSIONS.contains(asked.protocolVersion())
              ? asked.protocolVersion()
              : Revisions.newestOfSessions();
      return Optional.of(
          new InitializeRequest(version, asked.capabilities(), asked.clientInfo(), asked.meta()));
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }

  private void run(RoutingContext rc, Session session, JSONRPCRequest request) {
    if (!methods.contains(request.method())) {
      // The SDK would repeat the method, however long it is.
      replies.refuse(rc, request.id(), 200, METHOD_NOT_FOUND, "There is no such method");
      return;
    }
    if (session.busy()) {
      rc.response().putHeader("Retry-After", "1");
      replies.refuse(
          rc,
          request.id(),
          429,
          Errors.LIMIT_REACHED,
          "Too many requests of this session are running");
      return;
    }
    var stream = stream(session, request.id());
    stream.attach(rc.response());
    wiring.drain().enter();
    var vertx = wiring.vertx();
    var upgrade =
        vertx.setTimer(wiring.settings().upgradeToSse().toMillis(), t -> stream.upgrade());
    Runnable ended =
        () -> {
          vertx.cancelTimer(upgrade);
          wiring.drain().leave();
        };
    var scope =
        new SessionRequest(
            session,
            wiring.callers().apply(rc),
            vertx.getOrCreateContext(),
            stream,
            new Cancellation());
    if (!session.run(request, scope, ended)) {
      ended.run();
      replies.refuse(rc, request.id(), 400, INVALID_REQUEST, "A request of this id is running");
    }
  }

  private EventStream stream(Session session, Object requestId) {
    return new EventStream(
        session.nextStream(),
        wiring.vertx().getOrCreateContext(),
        wiring.mapper(),
        wiring.settings(),
        session.primed(),
        requestId,
        wiring.nanoTime());
  }

  private void accept(RoutingContext rc, Session session, JSONRPCResponse response) {
    boolean burned = wiring.features().secret(content(response));
    Rx.future(
            wiring.vertx().getOrCreateContext(),
            session.accept(burned ? JsonRpc.emptied(response) : response))
        .onSuccess(
            v -> {
              if (burned) {
                replies.refuse(rc, 400, INVALID_REQUEST, "The response" + Errors.BURNED);
              } else {
                replies.status(rc, 202);
              }
            })
        .onFailure(
            unknown -> replies.refuse(rc, 400, INVALID_REQUEST, "No request awaits this response"));
  }

  private static List<Object> content(JSONRPCResponse response) {
    var content = new ArrayList<Object>();
    content.add(response.result());
    if (response.error() != null) {
      content.add(response.error().message());
      content.add(response.error().data());
    }
    return content;
  }

  /** The SDK knows no cancellation, and writes a notification that it does not know to its log. */
  private void hear(RoutingContext rc, Session session, JSONRPCNotification notification) {
    if (notification.method().equals(CANCELLED)
        && notification.params() instanceof Map<?, ?> params) {
      session.cancel(params.get("requestId"));
    }
    replies.status(rc, 202);
  }

  private void listen(RoutingContext rc, Session session) {
    session.touch();
    var last = rc.request().getHeader(HttpHeaders.LAST_EVENT_ID);
    var position = last == null ? Optional.<Position>empty() : Position.parse(last);
    if (last != null && position.isEmpty()) {
      replies.refuse(rc, 400, INVALID_REQUEST, "Last-Event-ID is none of this server's");
      return;
    }
    position
        .flatMap(known -> session.stream(known.stream()))
        .ifPresentOrElse(
            known -> known.carry(rc.response(), position.get().event()),
            () -> {
              var stream = stream(session, null);
              stream.carry(rc.response(), 0);
              session.listen(stream);
            });
  }

  private void delete(RoutingContext rc, Session session) {
    Rx.future(wiring.vertx().getOrCreateContext(), sessions.drop(session))
        .onComplete(v -> replies.status(rc, 204));
  }

  private Optional<Session> session(RoutingContext rc) {
    var id = rc.request().getHeader(HttpHeaders.MCP_SESSION_ID);
    if (id == null || id.isBlank()) {
      replies.refuse(rc, 400, INVALID_REQUEST, "Mcp-Session-Id is required; initialize first");
      return Optional.empty();
    }
    var session = sessions.find(id, wiring.callers().apply(rc).id());
    if (session.isEmpty()) {
      replies.refuse(rc, 404, INVALID_REQUEST, "No such session; initialize a new one");
    }
    return session;
  }
}

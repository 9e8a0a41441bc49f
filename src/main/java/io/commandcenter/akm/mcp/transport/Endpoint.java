package io.commandcenter.akm.mcp.transport;

import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_PARAMS;
import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_REQUEST;
import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.PARSE_ERROR;

import io.commandcenter.akm.core.keys.KeyShape;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.HttpHeaders;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.ProtocolVersions;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** What comes over HTTP, once its headers passed: messages, listeners, farewells. */
final class Endpoint {
  /** A code of our own, from the range that JSON-RPC leaves to servers. */
  static final int LIMIT_REACHED = -32000;

  private static final String CANCELLED = "notifications/cancelled";
  private static final String RETRY_SECONDS = "30";

  private final Vertx vertx;
  private final McpJsonMapper mapper;
  private final TransportSettings settings;
  private final List<String> versions;
  private final Sessions sessions;
  private final Drain drain;
  private final Replies replies;
  private final JsonRpc jsonRpc;
  private final Function<RoutingContext, Caller> callers;
  private final LongSupplier nanoTime;
  private volatile McpStreamableServerSession.Factory factory;

  Endpoint(
      Vertx vertx,
      McpJsonMapper mapper,
      TransportSettings settings,
      List<String> versions,
      Sessions sessions,
      Drain drain,
      Function<RoutingContext, Caller> callers,
      LongSupplier nanoTime) {
    this.vertx = vertx;
    this.mapper = mapper;
    this.settings = settings;
    this.versions = versions;
    this.sessions = sessions;
    this.drain = drain;
    this.callers = callers;
    this.nanoTime = nanoTime;
    replies = new Replies(mapper);
    jsonRpc = new JsonRpc(mapper);
  }

  void factory(McpStreamableServerSession.Factory factory) {
    this.factory = factory;
  }

  /**
   * @param body of a POST
   */
  void handle(RoutingContext rc, String body) {
    switch (rc.request().method().name()) {
      case "POST" -> post(rc, body);
      case "GET" -> session(rc).ifPresent(session -> listen(rc, session));
      default -> session(rc).ifPresent(session -> delete(rc, session));
    }
  }

  private void post(RoutingContext rc, String body) {
    jsonRpc
        .parse(body)
        .ifPresentOrElse(
            message -> receive(rc, message),
            () -> replies.refuse(rc, 400, PARSE_ERROR, "The body is not one JSON-RPC message"));
  }

  private void receive(RoutingContext rc, JSONRPCMessage message) {
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

  private void initialize(RoutingContext rc, JSONRPCRequest request) {
    // The SDK writes who the client says it is to its log.
    if (KeyShape.looksLikeKey(String.valueOf(request.params()))) {
      replies.refuse(
          rc,
          request.id(),
          200,
          INVALID_PARAMS,
          "The parameters hold what looks like a key; revoke it at its provider, it is burned");
      return;
    }
    var opening = opening(request);
    if (opening.isEmpty()) {
      replies.refuse(
          rc, request.id(), 200, INVALID_PARAMS, "initialize needs at least protocolVersion");
      return;
    }
    var owner = callers.apply(rc).id();
    if (!sessions.reserve(owner)) {
      rc.response().putHeader("Retry-After", RETRY_SECONDS);
      replies.refuse(
          rc, request.id(), 503, LIMIT_REACHED, "Too many sessions; close one or try again later");
      return;
    }
    var start = factory.startSession(opening.get());
    Rx.future(vertx.getOrCreateContext(), start.initResult())
        .onSuccess(
            result -> {
              var primed = result.protocolVersion().compareTo(ProtocolVersions.MCP_2025_11_25) >= 0;
              sessions.add(new Session(start.session(), owner, primed, settings, nanoTime));
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
      var asked = mapper.convertValue(request.params(), InitializeRequest.class);
      var version = versions.contains(asked.protocolVersion()) ? asked.protocolVersion() : newest();
      return Optional.of(
          new InitializeRequest(version, asked.capabilities(), asked.clientInfo(), asked.meta()));
    } catch (RuntimeException malformed) {
      return Optional.empty();
    }
  }

  private String newest() {
    return versions.get(versions.size() - 1);
  }

  private void run(RoutingContext rc, Session session, JSONRPCRequest request) {
    if (session.busy()) {
      rc.response().putHeader("Retry-After", "1");
      replies.refuse(
          rc, request.id(), 429, LIMIT_REACHED, "Too many requests of this session are running");
      return;
    }
    var stream = stream(session, request.id());
    stream.attach(rc.response());
    drain.enter();
    var upgrade = vertx.setTimer(settings.upgradeToSse().toMillis(), t -> stream.upgrade());
    Runnable ended =
        () -> {
          vertx.cancelTimer(upgrade);
          drain.leave();
        };
    if (!session.run(request, stream, context(rc), ended)) {
      ended.run();
      replies.refuse(rc, request.id(), 400, INVALID_REQUEST, "A request of this id is running");
    }
  }

  private EventStream stream(Session session, Object requestId) {
    return new EventStream(
        vertx.getOrCreateContext(), mapper, settings, session.primed(), requestId, nanoTime);
  }

  private McpTransportContext context(RoutingContext rc) {
    return McpTransportContext.create(
        Map.of(
            StreamableHttp.CALLER,
            callers.apply(rc).identity(),
            StreamableHttp.CONTEXT,
            vertx.getOrCreateContext()));
  }

  private void accept(RoutingContext rc, Session session, JSONRPCResponse response) {
    Rx.future(vertx.getOrCreateContext(), session.accept(response, context(rc)))
        .onSuccess(v -> replies.status(rc, 202))
        .onFailure(
            unknown -> replies.refuse(rc, 400, INVALID_REQUEST, "No request awaits this response"));
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
    Rx.future(vertx.getOrCreateContext(), sessions.drop(session))
        .onComplete(v -> replies.status(rc, 204));
  }

  private Optional<Session> session(RoutingContext rc) {
    var id = rc.request().getHeader(HttpHeaders.MCP_SESSION_ID);
    if (id == null || id.isBlank()) {
      replies.refuse(rc, 400, INVALID_REQUEST, "Mcp-Session-Id is required; initialize first");
      return Optional.empty();
    }
    var session = sessions.find(id, callers.apply(rc).id());
    if (session.isEmpty()) {
      replies.refuse(rc, 404, INVALID_REQUEST, "No such session; initialize a new one");
    }
    return session;
  }
}

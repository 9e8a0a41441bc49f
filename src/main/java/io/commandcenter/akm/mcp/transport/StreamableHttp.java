package io.commandcenter.akm.mcp.transport;

import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_REQUEST;

import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import io.modelcontextprotocol.spec.McpStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.ProtocolVersions;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/**
 * MCP's session transport for vertx-web. A request passes, in this order: a check of Host and
 * Origin, authentication, {@link #guard}, the reading of its body, and {@link #handle}.
 *
 * <p>One object serves any number of event loops. See
 * https://modelcontextprotocol.io/specification/2025-11-25/basic/transports
 */
public final class StreamableHttp implements McpStreamableServerTransportProvider {
  /** In the transport context of a request: its {@link Caller#identity()}. */
  public static final String CALLER = "caller";

  /** In the transport context of a request: the Vert.x context it came in on. */
  public static final String CONTEXT = "vertx.context";

  private static final List<String> VERSIONS =
      List.of(
          ProtocolVersions.MCP_2025_03_26,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_11_25);

  private final Vertx vertx;
  private final TransportSettings settings;
  private final Sessions sessions;
  private final Drain drain = new Drain();
  private final Replies replies;
  private final Guards guards;
  private final Endpoint endpoint;
  private final long timer;

  /**
   * @param callers who sent a request; called after authentication
   * @param nanoTime a clock that only moves forward, in nanoseconds
   */
  public StreamableHttp(
      Vertx vertx,
      McpJsonMapper mapper,
      TransportSettings settings,
      Function<RoutingContext, Caller> callers,
      LongSupplier nanoTime) {
    this.vertx = vertx;
    this.settings = settings;
    sessions = new Sessions(settings);
    replies = new Replies(mapper);
    guards = new Guards(VERSIONS, replies);
    endpoint = new Endpoint(vertx, mapper, settings, VERSIONS, sessions, drain, callers, nanoTime);
    timer =
        vertx.setPeriodic(
            settings.heartbeat().toMillis(), t -> sessions.dropAll(Session::sweep).subscribe());
  }

  /** Refuses what the headers alone show to be wrong; goes on to the next handler otherwise. */
  public void guard(RoutingContext rc) {
    if (drain.closing()) {
      rc.response().putHeader("Retry-After", "5");
      replies.refuse(rc, 503, Endpoint.LIMIT_REACHED, "The server is stopping; try again shortly");
    } else {
      guards.headers(rc);
    }
  }

  public void refuseTooLarge(RoutingContext rc, String message) {
    replies.refuse(rc, 413, INVALID_REQUEST, message);
  }

  /**
   * Answers a request that passed {@link #guard}.
   *
   * @param body of a POST; ignored otherwise
   */
  public void handle(RoutingContext rc, String body) {
    endpoint.handle(rc, body);
  }

  /** Ends every session of one caller, for example when its token was revoked. */
  public Mono<Void> dropSessionsOf(String callerId) {
    return sessions.dropAll(session -> session.owner().equals(callerId));
  }

  public int sessionCount() {
    return sessions.count();
  }

  @Override
  public List<String> protocolVersions() {
    return VERSIONS;
  }

  @Override
  public void setSessionFactory(McpStreamableServerSession.Factory factory) {
    endpoint.factory(factory);
  }

  @Override
  public Mono<Void> notifyClients(String method, Object params) {
    return sessions.notify(method, params);
  }

  @Override
  public Mono<Void> notifyClient(String sessionId, String method, Object params) {
    return sessions.notify(sessionId, method, params);
  }

  /** Takes nothing new, waits for what runs, then ends every session. */
  @Override
  public Mono<Void> closeGracefully() {
    return Rx.mono(() -> drain.close(settings.drain()))
        .doOnSubscribe(s -> vertx.cancelTimer(timer))
        .then(Mono.defer(() -> sessions.dropAll(session -> true)));
  }
}

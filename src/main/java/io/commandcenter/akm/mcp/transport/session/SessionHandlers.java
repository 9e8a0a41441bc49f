package io.commandcenter.akm.mcp.transport.session;

import io.commandcenter.akm.mcp.transport.Errors;
import io.commandcenter.akm.mcp.transport.Methods;
import io.commandcenter.akm.mcp.transport.Parameters;
import io.commandcenter.akm.mcp.transport.feature.Features;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpRequestHandler;
import io.modelcontextprotocol.spec.DefaultMcpStreamableServerSessionFactory;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeRequest;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpStreamableServerSession;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import reactor.core.publisher.Mono;

/** What the SDK's sessions do with each method. */
final class SessionHandlers {
  private final Features features;
  private final SessionRounds rounds;
  private final Methods methods;

  SessionHandlers(Features features, Methods methods, McpJsonMapper mapper) {
    this.features = features;
    this.methods = methods;
    rounds = new SessionRounds(methods, mapper);
  }

  /**
   * @param patience how long a client may take to answer what it is asked
   */
  McpStreamableServerSession.Factory factory(Duration patience) {
    return new DefaultMcpStreamableServerSessionFactory(
        patience, this::initialize, requests(), Map.of(), sessionId -> Mono.empty(), null);
  }

  private Mono<InitializeResult> initialize(InitializeRequest request) {
    var card = features.card();
    var server = Implementation.builder(card.name(), card.version()).title(card.title()).build();
    return Mono.just(
        InitializeResult.builder(request.protocolVersion(), capabilities(), server)
            .instructions(card.instructions())
            .build());
  }

  private ServerCapabilities capabilities() {
    var card = features.card();
    var offered =
        ServerCapabilities.builder()
            .tools(card.changing().contains("tools"))
            .resources(true, card.changing().contains("resources"))
            .prompts(card.changing().contains("prompts"))
            .completions();
    return card.logging() ? offered.logging().build() : offered.build();
  }

  Map<String, McpRequestHandler<?>> requests() {
    var handlers = new HashMap<String, McpRequestHandler<?>>();
    methods
        .names()
        .forEach(
            method ->
                handlers.put(method, (exchange, params) -> rounds.run(method, exchange, params)));
    handlers.put(McpSchema.METHOD_PING, (exchange, params) -> Mono.just(Map.of()));
    handlers.put(McpSchema.METHOD_RESOURCES_SUBSCRIBE, this::subscribe);
    handlers.put(McpSchema.METHOD_RESOURCES_UNSUBSCRIBE, SessionHandlers::unsubscribe);
    if (features.card().logging()) {
      handlers.put(McpSchema.METHOD_LOGGING_SET_LEVEL, SessionHandlers::level);
    }
    return handlers;
  }

  private Mono<Object> subscribe(McpAsyncServerExchange exchange, Object params) {
    var request = SessionRequest.of(exchange.transportContext());
    return Mono.fromCallable(
            () -> {
              var uri = uri(params);
              if (features.secret(uri) || !features.subscribable(uri, request.caller())) {
                throw Errors.invalidParameters("No resource of this URI can be subscribed to");
              }
              if (!request.session().subscribe(uri)) {
                throw Errors.invalidParameters("Too many subscriptions; unsubscribe from some");
              }
              return (Object) Map.of();
            })
        .onErrorMap(Errors::of);
  }

  private static Mono<Object> unsubscribe(McpAsyncServerExchange exchange, Object params) {
    return Mono.fromCallable(
            () -> {
              SessionRequest.of(exchange.transportContext()).session().unsubscribe(uri(params));
              return (Object) Map.of();
            })
        .onErrorMap(Errors::of);
  }

  private static String uri(Object params) {
    return Parameters.of(params).text("uri");
  }

  private static Mono<Object> level(McpAsyncServerExchange exchange, Object params) {
    return Mono.fromCallable(
            () -> {
              var level = Parameters.of(params).text("level").toUpperCase(Locale.ROOT);
              SessionRequest.of(exchange.transportContext()).session().logFrom(levelOf(level));
              return (Object) Map.of();
            })
        .onErrorMap(Errors::of);
  }

  private static LoggingLevel levelOf(String name) {
    try {
      return LoggingLevel.valueOf(name);
    } catch (IllegalArgumentException unknown) {
      throw Errors.invalidParameters("`level` has to be one of RFC 5424's, debug to emergency");
    }
  }
}

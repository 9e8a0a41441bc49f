package io.commandcenter.akm.mcp.transport.session;

import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_REQUEST;

import io.commandcenter.akm.mcp.transport.Errors;
import io.commandcenter.akm.mcp.transport.Methods;
import io.commandcenter.akm.mcp.transport.Parameters;
import io.commandcenter.akm.mcp.transport.Rx;
import io.commandcenter.akm.mcp.transport.feature.Ask;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Runs a request round by round; what it needs of the client is asked while the request waits, as
 * the session revisions do it.
 */
final class SessionRounds {
  private static final int MOST_ROUNDS = 16;
  private static final TypeRef<Map<String, Object>> MEMBERS = new TypeRef<>() {};

  private final Methods methods;
  private final McpJsonMapper mapper;

  SessionRounds(Methods methods, McpJsonMapper mapper) {
    this.methods = methods;
    this.mapper = mapper;
  }

  /** The result, or an error of MCP. */
  Mono<Object> run(String method, McpAsyncServerExchange exchange, Object params) {
    var request = SessionRequest.of(exchange.transportContext());
    var first = new SessionCall(exchange, request, Parameters.of(params), Map.of(), null);
    return Rx.mono(() -> round(method, first, MOST_ROUNDS)).onErrorMap(Errors::of);
  }

  private Future<Object> round(String method, SessionCall call, int left) {
    return methods
        .run(method, call.parameters(), call)
        .compose(
            round -> {
              if (round instanceof Round.NeedsInput<?> needed) {
                return left == 0
                    ? Future.failedFuture(refusal("The request asks the client too often"))
                    : ask(needed.requests(), call)
                        .compose(answers -> round(method, next(call, answers, needed), left - 1));
              }
              return Future.succeededFuture(((Round.Done<?>) round).result());
            });
  }

  private static SessionCall next(
      SessionCall call, Map<String, JsonObject> answers, Round.NeedsInput<?> needed) {
    return new SessionCall(
        call.exchange(), call.request(), call.parameters(), answers, needed.memory());
  }

  private Future<Map<String, JsonObject>> ask(Map<String, Ask> requests, SessionCall call) {
    var keys = List.copyOf(requests.keySet());
    return Future.all(keys.stream().map(key -> ask(requests.get(key), call)).toList())
        .map(
            all ->
                keys.stream()
                    .collect(Collectors.toMap(key -> key, key -> all.resultAt(keys.indexOf(key)))));
  }

  private Future<JsonObject> ask(Ask ask, SessionCall call) {
    var exchange = call.exchange();
    var client = call.client();
    if (ask instanceof Ask.Elicit elicit) {
      boolean able = elicit.request() instanceof ElicitUrlRequest ? client.links() : client.forms();
      return able
          ? answer(exchange.createElicitation(elicit.request()), call)
          : missing("elicitation");
    }
    if (ask instanceof Ask.Sample sample) {
      return client.sampling()
          ? answer(exchange.createMessage(sample.request()), call)
          : missing("sampling");
    }
    return client.roots() ? answer(exchange.listRoots(), call) : missing("roots");
  }

  /**
   * The answer comes in on another request, often on another event loop. An error of the client's,
   * or its silence, is an answer without anything that was asked for.
   */
  private Future<JsonObject> answer(Mono<?> asked, SessionCall call) {
    return Rx.future(call.request().context(), asked.map(result -> (Object) result))
        .map(result -> new JsonObject(mapper.convertValue(result, MEMBERS)))
        .otherwise(new JsonObject());
  }

  private static <T> Future<T> missing(String capability) {
    return Future.failedFuture(refusal("The client has not declared the capability " + capability));
  }

  private static McpError refusal(String message) {
    return McpError.builder(INVALID_REQUEST).message(message).build();
  }
}

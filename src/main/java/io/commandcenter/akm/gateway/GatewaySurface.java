package io.commandcenter.akm.gateway;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.exchange.Exchanging;
import io.commandcenter.akm.gateway.anthropic.CountTokens;
import io.commandcenter.akm.gateway.anthropic.Messages;
import io.commandcenter.akm.gateway.dialect.Dialect;
import io.commandcenter.akm.gateway.ollama.Chat;
import io.commandcenter.akm.gateway.ollama.Embed;
import io.commandcenter.akm.gateway.ollama.Generate;
import io.commandcenter.akm.gateway.openai.ChatCompletions;
import io.commandcenter.akm.gateway.openai.Completions;
import io.commandcenter.akm.gateway.openai.Embeddings;
import io.commandcenter.akm.gateway.openai.Responses;
import io.commandcenter.akm.http.Answers;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.Problems;
import io.commandcenter.akm.http.RequestIds;
import io.commandcenter.akm.http.Surface;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;

/** The dialects that AI clients speak, in front of the router. */
public final class GatewaySurface implements Surface {
  private static final String JSON = "application/json";

  private final Asking bus;
  private final Reception reception;

  public GatewaySurface(
      Vertx vertx, Asking bus, Exchanging exchanging, ServerConfig config, Clock clock) {
    this.bus = bus;
    reception = new Reception(vertx, exchanging, config, clock);
  }

  @Override
  public void mount(Router router, Gate gate) {
    serve(router, gate, "/v1/chat/completions", Desk.of(new ChatCompletions()));
    serve(router, gate, "/v1/messages", Desk.of(new Messages()));
    serve(router, gate, "/v1/responses", Desk.of(new Responses()));
    serve(router, gate, "/v1/embeddings", Desk.of(new Embeddings()));
    serve(router, gate, "/v1/completions", Desk.of(new Completions()));
    serve(router, gate, "/v1/messages/count_tokens", Desk.of(new CountTokens()));
    serve(router, gate, "/api/chat", Desk.of(new Chat()).likeOllama());
    serve(router, gate, "/api/generate", Desk.of(new Generate()).likeOllama());
    serve(router, gate, "/api/embed", Desk.of(new Embed()).likeOllama());
    List.of("/v1beta/models/*", "/v1/models/*")
        .forEach(
            path ->
                gate.guard(router.post(path), Scope.CLIENT)
                    .handler(rc -> reception.receive(rc, GooglePaths.desk(rc)))
                    .failureHandler(rc -> fail(rc, GooglePaths.any().dialect())));
    new ModelRoutes(bus).mount(router, gate);
  }

  private void serve(Router router, Gate gate, String path, Desk desk) {
    gate.guard(router.post(path), Scope.CLIENT)
        .handler(rc -> reception.receive(rc, desk))
        .failureHandler(rc -> fail(rc, desk.dialect()));
  }

  static void fail(RoutingContext rc, Dialect dialect) {
    var failure = Problems.failureOf(rc);
    Answers.send(
        rc,
        failure.code().httpStatus(),
        JSON,
        Problems.headers(failure),
        dialect.error(failure, RequestIds.of(rc)));
  }
}

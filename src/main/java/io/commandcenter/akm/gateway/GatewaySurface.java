package io.commandcenter.akm.gateway;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.commandcenter.akm.contract.RouterCalls.ShowProviders;
import io.commandcenter.akm.contract.RouterCalls.ShowRouting;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.http.Answers;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.Problems;
import io.commandcenter.akm.http.RequestBody;
import io.commandcenter.akm.http.RequestIds;
import io.commandcenter.akm.http.StrictJson;
import io.commandcenter.akm.http.Surface;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** {@code /v1}: the dialects that existing AI clients speak, in front of the router. */
public final class GatewaySurface implements Surface {
  private static final String JSON = "application/json";

  private record Rendered(RouteAnswer answer, JsonObject body) {}

  private final Asking bus;
  private final int maxBody;
  private final StrictJson json;

  public GatewaySurface(Asking bus, ServerConfig config) {
    this.bus = bus;
    maxBody = config.http().maxGatewayBodyBytes();
    json = new StrictJson(config.http().maxJsonDepth());
  }

  @Override
  public void mount(Router router, Gate gate) {
    var chat = new OpenAiChat();
    answer(gate.guard(router.post("/v1/chat/completions"), Scope.CLIENT), chat);
    answer(gate.guard(router.post("/v1/embeddings"), Scope.CLIENT), new OpenAiEmbeddings());
    answer(gate.guard(router.post("/v1/messages"), Scope.CLIENT), new AnthropicMessages());
    gate.guard(router.get("/v1/models"), Scope.READ_ONLY)
        .handler(this::models)
        .failureHandler(rc -> fail(rc, chat));
  }

  private void answer(Route route, Dialect dialect) {
    route.handler(rc -> answer(rc, dialect)).failureHandler(rc -> fail(rc, dialect));
  }

  private void answer(RoutingContext rc, Dialect dialect) {
    RequestBody.requireType(rc, JSON);
    RequestBody.read(rc, maxBody)
        .map(json::object)
        .compose(
            body ->
                bus.ask(RouterCalls.ROUTE, request(rc, dialect, body))
                    .map(answer -> new Rendered(answer, dialect.answer(answer, body))))
        .onSuccess(rendered -> send(rc, rendered))
        .onFailure(rc::fail);
  }

  private static RouteRequest request(RoutingContext rc, Dialect dialect, JsonObject body) {
    var by = Gate.principal(rc);
    return dialect.request(body, by.id()).from(by);
  }

  private void models(RoutingContext rc) {
    bus.ask(RouterCalls.PROVIDERS, new ShowProviders())
        .compose(
            providers ->
                bus.ask(RouterCalls.ROUTING, new ShowRouting())
                    .map(routing -> ModelList.of(providers, routing, Gate.principal(rc).grant())))
        .onSuccess(list -> Answers.send(rc, 200, JSON, Map.of(), list.encode()))
        .onFailure(rc::fail);
  }

  private static void send(RoutingContext rc, Rendered rendered) {
    var answer = rendered.answer();
    var served = Served.by(answer);
    var headers =
        Map.of(
            "x-akm-provider", served.provider(),
            "x-akm-model", served.model(),
            "x-akm-cost-usd", answer.costUsd().toPlainString(),
            "x-akm-attempts", Integer.toString(answer.attempts().size()),
            "x-akm-decision", answer.decision().decisionId());
    Answers.send(rc, 200, JSON, headers, rendered.body().encode());
  }

  private static void fail(RoutingContext rc, Dialect dialect) {
    var failure = Problems.failureOf(rc);
    var body = dialect.error(failure, RequestIds.of(rc));
    Answers.send(rc, failure.code().httpStatus(), JSON, Problems.headers(failure), body.encode());
  }
}

package io.commandcenter.akm.gateway;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.exchange.Exchanging;
import io.commandcenter.akm.gateway.anthropic.Messages;
import io.commandcenter.akm.gateway.dialect.Dialect;
import io.commandcenter.akm.gateway.openai.ChatCompletions;
import io.commandcenter.akm.http.Answers;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.Problems;
import io.commandcenter.akm.http.RequestIds;
import io.commandcenter.akm.http.Surface;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;

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
    serve(
        gate.guard(router.post("/v1/chat/completions"), Scope.CLIENT),
        Desk.of(new ChatCompletions()));
    serve(gate.guard(router.post("/v1/messages"), Scope.CLIENT), Desk.of(new Messages()));
  }

  private void serve(Route route, Desk desk) {
    route.handler(rc -> reception.receive(rc, desk)).failureHandler(rc -> fail(rc, desk.dialect()));
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

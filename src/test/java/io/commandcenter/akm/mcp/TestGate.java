package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.http.Gate;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/** Takes a scope's name as token, and {@code scope:name} for a second principal of it. */
final class TestGate implements Gate {
  private final Vertx vertx;

  TestGate(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public Handler<RoutingContext> require(Scope needed) {
    return rc -> {
      var header = rc.request().getHeader("Authorization");
      if (header == null || !header.startsWith("Bearer ")) {
        rc.response().setStatusCode(401).end();
        return;
      }
      var token = header.substring(7);
      var scope = Scope.ofSlug(token.split(":")[0]);
      rc.put(Gate.class.getName(), new Principal("tok_" + token, token, scope));
      // As the real one, it goes on some time later.
      vertx.setTimer(1, t -> rc.next());
    };
  }
}

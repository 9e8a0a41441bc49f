package io.commandcenter.akm.http;

import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Handler;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;

/** The one way in: authenticates the bearer token and checks the scope that the route declares. */
public interface Gate {
  /** Route metadata: the declared scope. A route without it, and not public, stops the start. */
  String SCOPE = "akm.scope";

  /** A handler that lets a request on only with a token whose scope includes {@code scope}. */
  Handler<RoutingContext> require(Scope scope);

  /** Puts the gate in front of a route and declares its scope; add further handlers after it. */
  default Route guard(Route route, Scope scope) {
    return route.putMetadata(SCOPE, scope).handler(require(scope));
  }

  /** Who passed the gate on this request. */
  static Principal principal(RoutingContext rc) {
    return rc.get(Gate.class.getName());
  }
}

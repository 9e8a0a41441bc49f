package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.Surface;
import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.function.Supplier;

/** MCP's place on the listener. */
final class McpSurface implements Surface {
  static final String PATH = "/mcp";

  private final Supplier<StreamableHttp> transport;
  private final int maxBodyBytes;

  McpSurface(Supplier<StreamableHttp> transport, int maxBodyBytes) {
    this.transport = transport;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** A route for each step: vertx-web wants body handlers before others of the same route. */
  @Override
  public void mount(Router router, Gate gate) {
    var mcp = transport.get();
    router.route(PATH).handler(mcp::guardOrigin);
    router.route(PATH).handler(McpSurface::holdBody);
    router.route(PATH).handler(gate.require(Scope.READ_ONLY));
    router.route(PATH).handler(mcp::guardHeaders);
    router
        .post(PATH)
        .handler(BodyHandler.create(false).setBodyLimit(maxBodyBytes))
        .failureHandler(mcp::refuseBody);
    router.route(PATH).handler(mcp);
  }

  /** The gate may ask the bus: what arrives meanwhile waits for the body handler. */
  private static void holdBody(RoutingContext rc) {
    if (rc.request().method() == HttpMethod.POST) {
      rc.request().pause();
    }
    rc.next();
  }
}

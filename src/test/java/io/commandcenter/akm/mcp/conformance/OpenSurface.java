package io.commandcenter.akm.mcp.conformance;

import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.RequestBody;
import io.commandcenter.akm.http.Surface;
import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;

/** The transport's place on the listener, without the gate: the suite has no token. */
record OpenSurface(StreamableHttp transport, int maxBodyBytes) implements Surface {
  @Override
  public void mount(Router router, Gate gate) {
    router
        .route("/mcp")
        .putMetadata(Gate.SCOPE, Scope.READ_ONLY)
        .handler(transport::guard)
        .handler(this::handle);
  }

  private void handle(RoutingContext rc) {
    if (rc.request().method() != HttpMethod.POST) {
      transport.handle(rc, "");
      return;
    }
    RequestBody.read(rc, maxBodyBytes)
        .onSuccess(body -> transport.handle(rc, body.toString(StandardCharsets.UTF_8)))
        .onFailure(rc::fail);
  }
}

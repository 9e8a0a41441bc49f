package io.commandcenter.akm.http;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Failure;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many connections there are, and how long one may take to send a header or a body. An
 * idle timeout alone lets a client live for ever by sending one byte at a time.
 */
final class Connections implements Handler<RoutingContext> {
  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final ServerConfig.Http limits;
  private final Map<HttpConnection, Open> open = new HashMap<>();

  private static final class Open {
    long headerTimer = NO_TIMER;
    int inFlight;
  }

  Connections(Vertx vertx, ServerConfig.Http limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  void opened(HttpConnection connection) {
    if (open.size() >= limits.maxConnections()) {
      connection.close();
      return;
    }
    var state = new Open();
    open.put(connection, state);
    connection.closeHandler(
        closed -> {
          open.remove(connection);
          vertx.cancelTimer(state.headerTimer);
        });
    awaitHeader(connection, state, limits.headerTimeout());
  }

  /** The first handler of each request: its header is here. */
  @Override
  public void handle(RoutingContext rc) {
    var connection = rc.request().connection();
    var state = open.get(connection);
    if (state == null) {
      connection.close();
      return;
    }
    vertx.cancelTimer(state.headerTimer);
    state.inFlight++;
    rc.addEndHandler(
        end -> {
          state.inFlight--;
          if (state.inFlight == 0 && open.containsKey(connection)) {
            // Between requests a connection may rest as long as an idle one.
            awaitHeader(connection, state, limits.idleTimeout());
          }
        });
    awaitBody(rc);
    rc.next();
  }

  private void awaitHeader(HttpConnection connection, Open state, Duration within) {
    vertx.cancelTimer(state.headerTimer);
    state.headerTimer = vertx.setTimer(within.toMillis(), late -> connection.close());
  }

  private void awaitBody(RoutingContext rc) {
    if (!RequestBody.isAnnounced(rc.request())) {
      return;
    }
    var timer = vertx.setTimer(limits.bodyTimeout().toMillis(), late -> giveUpOnBody(rc));
    rc.addEndHandler(end -> vertx.cancelTimer(timer));
  }

  private void giveUpOnBody(RoutingContext rc) {
    if (!rc.request().isEnded()) {
      rc.fail(
          Failure.badRequest(
              "the body did not arrive within " + limits.bodyTimeout().toMillis() + " ms"));
    }
  }
}

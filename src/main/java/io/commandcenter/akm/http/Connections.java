package io.commandcenter.akm.http;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Failure;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/**
 * Bounds how many connections there are, and how long one may take to send a header or a body. An
 * idle timeout alone lets a client live for ever by sending one byte at a time.
 */
final class Connections implements Handler<RoutingContext> {
  /** How late a limit may be noticed. One timer sweeps all: two for each request cost more. */
  private static final Duration SWEEP = Duration.ofMillis(50);

  private static final long NONE = Long.MAX_VALUE;

  private final Vertx vertx;
  private final ServerConfig.Http limits;
  private final Map<HttpConnection, Open> open = new HashMap<>();
  private final int most;
  private boolean sweeping;

  private static final class Open {
    final Map<RoutingContext, Long> bodies = new HashMap<>();
    long headerUntil = NONE;
    int inFlight;
  }

  Connections(Vertx vertx, ServerConfig.Http limits) {
    this.vertx = vertx;
    this.limits = limits;
    // Connections are dealt out to the instances in turn.
    most = Math.max(1, limits.maxConnections() / limits.instances());
  }

  void opened(HttpConnection connection) {
    if (open.size() >= most) {
      connection.close();
      return;
    }
    var state = new Open();
    open.put(connection, state);
    connection.closeHandler(closed -> open.remove(connection));
    state.headerUntil = in(limits.headerTimeout());
    sweep();
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
    state.headerUntil = NONE;
    state.inFlight++;
    if (RequestBody.isAnnounced(rc.request())) {
      state.bodies.put(rc, in(limits.bodyTimeout()));
    }
    rc.addEndHandler(end -> ended(rc, state));
    rc.next();
  }

  private void ended(RoutingContext rc, Open state) {
    state.bodies.remove(rc);
    state.inFlight--;
    if (state.inFlight == 0) {
      // Between requests a connection may rest as long as an idle one.
      state.headerUntil = in(limits.idleTimeout());
    }
  }

  private static long in(Duration time) {
    return System.nanoTime() + time.toNanos();
  }

  private void sweep() {
    if (!sweeping) {
      sweeping = true;
      vertx.setTimer(SWEEP.toMillis(), tick -> look());
    }
  }

  private void look() {
    sweeping = false;
    long now = System.nanoTime();
    new ArrayList<>(open.entrySet()).forEach(entry -> look(entry.getKey(), entry.getValue(), now));
    if (!open.isEmpty()) {
      sweep();
    }
  }

  private void look(HttpConnection connection, Open state, long now) {
    if (state.headerUntil != NONE && now - state.headerUntil >= 0) {
      connection.close();
      return;
    }
    var late = new ArrayList<RoutingContext>();
    state.bodies.forEach(
        (rc, until) -> {
          if (now - until >= 0) {
            late.add(rc);
          }
        });
    late.forEach(
        rc -> {
          state.bodies.remove(rc);
          giveUpOnBody(rc);
        });
  }

  private void giveUpOnBody(RoutingContext rc) {
    if (!rc.request().isEnded()) {
      rc.fail(
          Failure.badRequest(
              "the body did not arrive within " + limits.bodyTimeout().toMillis() + " ms"));
    }
  }
}

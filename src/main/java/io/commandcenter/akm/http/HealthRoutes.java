package io.commandcenter.akm.http;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Call;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.ReadyCalls.AskReady;
import io.commandcenter.akm.contract.ReadyCalls.Ready;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.healthchecks.HealthCheckHandler;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** {@code /health/live}: the process answers. {@code /health/ready}: every room can serve. */
final class HealthRoutes {
  private static final long PATIENCE_MS = 2_000;

  private final Vertx vertx;
  private final Asking bus;
  private final BooleanSupplier draining;

  HealthRoutes(Vertx vertx, Asking bus, BooleanSupplier draining) {
    this.vertx = vertx;
    this.bus = bus;
    this.draining = draining;
  }

  void mount(Router router) {
    var live = HealthChecks.create(vertx);
    live.register("process", result -> result.complete(Status.OK()));
    router.get("/health/live").handler(HealthCheckHandler.createWithHealthChecks(live));

    var ready = HealthChecks.create(vertx);
    ready.register(
        "listener",
        result ->
            result.complete(
                draining.getAsBoolean() ? down("stopping; no new requests are taken") : up(null)));
    for (var room : rooms()) {
      // More than the ask's own patience, or the check would call a slow room a fault of its own.
      ready.register(name(room), PATIENCE_MS * 2, result -> ask(room).onComplete(result));
    }
    router.get("/health/ready").handler(HealthCheckHandler.createWithHealthChecks(ready));
  }

  private Future<Status> ask(Call<AskReady, Ready> room) {
    return bus.ask(room, new AskReady())
        .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
        .map(answer -> answer.ready() ? up(answer.detail()) : down(answer.detail()))
        .otherwise(failed -> down("no answer"));
  }

  private static List<Call<AskReady, Ready>> rooms() {
    return List.of(
        ReadyCalls.VAULT,
        ReadyCalls.ACCESS,
        ReadyCalls.ROUTER,
        ReadyCalls.HEALTH,
        ReadyCalls.USAGE,
        ReadyCalls.MCP);
  }

  /** {@code vault} of {@code akm.vault.ready.v1}. */
  private static String name(Call<?, ?> room) {
    return room.address().split("\\.")[1];
  }

  private static Status up(String detail) {
    return detail == null ? Status.OK() : Status.OK(new JsonObject().put("detail", detail));
  }

  private static Status down(String detail) {
    return Status.KO(new JsonObject().put("detail", detail));
  }
}

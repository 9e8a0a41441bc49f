package io.commandcenter.akm.http;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.config.ServerConfig;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.LongSupplier;

/** The listener: several verticles on one port, each with an event loop and a router of its own. */
public final class Listener {
  private final Bus bus;
  private final ServerConfig config;
  private final PublicUrl publicUrl;
  private final List<Surface> surfaces;
  private final LongSupplier nanoTime;
  private final Doors doors;
  private volatile HttpVerticle latest;

  /**
   * @param publicUrl set once the listener has its port
   */
  public Listener(Bus bus, ServerConfig config, PublicUrl publicUrl, List<Surface> surfaces) {
    this(bus, config, publicUrl, surfaces, System::nanoTime);
  }

  Listener(
      Bus bus,
      ServerConfig config,
      PublicUrl publicUrl,
      List<Surface> surfaces,
      LongSupplier nanoTime) {
    this.bus = bus;
    this.config = config;
    this.publicUrl = publicUrl;
    this.surfaces = List.copyOf(surfaces);
    this.nanoTime = nanoTime;
    doors = Doors.with(config.http().authFailuresPerMinute(), nanoTime);
  }

  /**
   * Opens the port.
   *
   * @return the id of the deployment
   */
  public Future<String> deploy(Vertx vertx) {
    var options = new DeploymentOptions().setInstances(config.http().instances());
    return vertx.deployVerticle(this::instance, options);
  }

  private HttpVerticle instance() {
    latest = new HttpVerticle(bus, config, publicUrl, surfaces, doors, nanoTime);
    return latest;
  }

  /** Every route with the scope that it declares, as {@code GET /api/v1/keys operator}. */
  public List<String> routes() {
    return latest.routes();
  }
}

package io.commandcenter.akm.cli;

import io.commandcenter.akm.config.Configuration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;

/** Starts the service: the wiring, which the command line does not know. */
@FunctionalInterface
public interface Starter {
  Future<Running> start(Vertx vertx, Configuration configuration, Map<String, String> environment);

  /** A started service. */
  interface Running {
    /** How people reach it, without a trailing slash. */
    String url();

    /** Every route of the listener with its scope, as {@code GET /api/v1/keys operator}. */
    List<String> routes();

    /** Drains and closes everything, in order. */
    Future<Void> stop();
  }
}

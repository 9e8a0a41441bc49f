package io.commandcenter.akm.router;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.provider.Upstream;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What every request needs to be routed. */
record Tools(
    Vertx vertx,
    Bus bus,
    Upstream upstream,
    ServerConfig.Router settings,
    LiveFacts facts,
    Times times,
    RandomGenerator random) {

  Duration since(long startNanos) {
    return Duration.ofNanos(times.nanos() - startNanos);
  }
}

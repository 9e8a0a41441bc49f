package io.commandcenter.akm.router;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.core.names.RandomIds;
import io.commandcenter.akm.exchange.Settling;
import io.commandcenter.akm.provider.Upstream;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What every request needs to be routed.
 *
 * @param hardBudget whether a hard budget applies to all requests
 */
record Tools(
    Vertx vertx,
    Bus bus,
    Upstream upstream,
    ServerConfig.Router settings,
    LiveFacts facts,
    Times times,
    RandomGenerator random,
    boolean hardBudget,
    Settling settling,
    Decisions decisions,
    RandomIds ids) {
  /** 128 random bits, so that nodes never give the same name. */
  static final int ID_BYTES = 16;

  /** Whether something that may not be overrun applies, so that each attempt takes a hold. */
  boolean isBudgeted(Asked asked) {
    return hardBudget || !asked.query().grant().spending().isEmpty();
  }

  Duration since(long startNanos) {
    return Duration.ofNanos(times.nanos() - startNanos);
  }
}

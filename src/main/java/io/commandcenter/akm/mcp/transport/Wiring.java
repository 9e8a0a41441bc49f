package io.commandcenter.akm.mcp.transport;

import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.commandcenter.akm.mcp.transport.feature.Features;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What the lanes share.
 *
 * @param callers who sent a request; called after authentication
 * @param nanoTime a clock that only moves forward, in nanoseconds
 */
public record Wiring(
    Vertx vertx,
    McpJsonMapper mapper,
    TransportSettings settings,
    Features features,
    Methods methods,
    Drain drain,
    Replies replies,
    Interest interest,
    Function<RoutingContext, Caller> callers,
    LongSupplier nanoTime,
    Clock clock,
    SecureRandom random) {
  public static Wiring of(
      Vertx vertx,
      McpJsonMapper mapper,
      TransportSettings settings,
      Features features,
      Function<RoutingContext, Caller> callers,
      LongSupplier nanoTime,
      Clock clock,
      SecureRandom random) {
    return new Wiring(
        vertx,
        mapper,
        settings,
        features,
        new Methods(features, mapper),
        new Drain(),
        new Replies(mapper),
        new Interest(),
        callers,
        nanoTime,
        clock,
        random);
  }
}

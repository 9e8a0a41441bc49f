package io.commandcenter.akm.router;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.core.money.PriceBook;
import io.commandcenter.akm.core.names.RandomIds;
import io.commandcenter.akm.exchange.Exchanging;
import io.commandcenter.akm.exchange.Settling;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.Upstream;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Routes requests and shows how. Deploy one instance, after vault, usage and health: limits and
 * cool-downs are kept on its event loop.
 */
public final class RouterVerticle extends VerticleBase {
  /** A fact may be lost between nodes; asking again heals that. */
  private static final Duration REFRESH = Duration.ofSeconds(10);

  /** A vault that does not answer must not hold up requests for longer. */
  private static final Duration CATCH_UP = Duration.ofSeconds(2);

  private final Bus bus;
  private final ServerConfig.Router settings;
  private final Upstream upstream;
  private final RandomGenerator random;
  private final Times times;
  private final LiveFacts facts;
  private final boolean hardBudget;
  private final Settling settling;
  private Routes routes;
  private volatile Exchanges exchanges;

  /**
   * @param endpoints of the enabled providers, by configured name; a provider without one counts as
   *     disabled
   * @param monotonic nanoseconds, as {@code System::nanoTime}
   * @param random names requests too, so it must not repeat after a restart
   * @param hardBudget whether a hard budget applies to all requests
   * @param settling records the attempts
   */
  public RouterVerticle(
      Bus bus,
      RoutingConfig config,
      ServerConfig.Router settings,
      PriceBook prices,
      Upstream upstream,
      Map<String, Endpoint> endpoints,
      Clock clock,
      LongSupplier monotonic,
      RandomGenerator random,
      boolean hardBudget,
      Settling settling) {
    this.bus = bus;
    this.settling = settling;
    this.hardBudget = hardBudget;
    this.settings = settings;
    this.upstream = upstream;
    this.random = random;
    times = new Times(clock, monotonic);
    facts = new LiveFacts(config, endpoints, prices, settings.maxInFlight(), times);
  }

  @Override
  public Future<?> start() {
    var decisions = new Decisions();
    var tools =
        new Tools(
            vertx,
            bus,
            upstream,
            settings,
            facts,
            times,
            random,
            hardBudget,
            settling,
            decisions,
            new RandomIds(new SecureRandom()));
    var rates = new TokenRates(times);
    routes = new Routes(tools, rates);
    var feed = new FactFeed(bus, facts);
    exchanges = new Exchanges(tools, rates, () -> caughtUp(feed));
    var views = new Views(facts, times);
    bus.hear(Facts.KEY_CHANGED, feed::heard);
    bus.hear(Facts.HEALTH_CHANGED, feed::heard);
    var calls = new RunningCalls();
    bus.serve(
        RouterCalls.ROUTE,
        request ->
            calls.run(request, stop -> caughtUp(feed).compose(v -> routes.route(request, stop))));
    bus.serve(RouterCalls.CANCEL, ask -> Future.succeededFuture(calls.cancel(ask)));
    bus.serve(RouterCalls.ROUTING, show -> Future.succeededFuture(views.routing()));
    bus.serve(RouterCalls.PROVIDERS, show -> Future.succeededFuture(views.providers()));
    bus.serve(RouterCalls.DECISION, decisions::show);
    bus.serve(ReadyCalls.ROUTER, asked -> Future.succeededFuture(feed.ready()));
    vertx.setPeriodic(REFRESH.toMillis(), tick -> feed.refresh());
    return feed.refresh();
  }

  private Future<Void> caughtUp(FactFeed feed) {
    var changes = feed.caughtUp();
    return changes.isComplete()
        ? changes
        : Within.time(vertx, CATCH_UP, changes, Future::succeededFuture);
  }

  /** For the gateway; usable from any event loop once this verticle has started. */
  public Exchanging exchanging() {
    return (request, sink) -> exchanges.open(request, sink);
  }

  @Override
  public Future<?> stop() {
    return Future.join(routes.close(), exchanges.close());
  }
}

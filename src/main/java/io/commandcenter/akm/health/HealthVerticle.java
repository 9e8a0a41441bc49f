package io.commandcenter.akm.health;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Facts.AttemptEnded;
import io.commandcenter.akm.contract.Facts.HealthChanged;
import io.commandcenter.akm.contract.HealthCalls;
import io.commandcenter.akm.contract.HealthCalls.HealthView;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.ReadyCalls.Ready;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.Upstream;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which providers are up: passively, from how requests end; only a provider that is down is
 * probed, with a call that is free and has no key, until it answers again.
 */
public final class HealthVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger(HealthVerticle.class);

  private final Bus bus;
  private final ServerConfig.Health settings;
  private final Map<String, Endpoint> endpoints;
  private final Upstream upstream;
  private final Clock clock;
  private final Map<String, Pulse> pulses = new LinkedHashMap<>();
  private final Map<String, Long> timers = new HashMap<>();

  /**
   * @param endpoints of the enabled providers, by configured name
   */
  public HealthVerticle(
      Bus bus,
      ServerConfig.Health settings,
      Map<String, Endpoint> endpoints,
      Upstream upstream,
      Clock clock) {
    this.bus = bus;
    this.settings = settings;
    this.endpoints = new LinkedHashMap<>(endpoints);
    this.upstream = upstream;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    var now = clock.instant();
    endpoints
        .keySet()
        .forEach(name -> pulses.put(name, new Pulse(name, settings.failuresToDown(), now)));
    bus.hear(Facts.ATTEMPT_ENDED, this::heard);
    bus.serve(HealthCalls.STATUS, show -> Future.succeededFuture(view()));
    bus.serve(
        ReadyCalls.HEALTH,
        asked -> Future.succeededFuture(new Ready(true, pulses.size() + " providers watched")));
    return Future.succeededFuture();
  }

  private HealthView view() {
    return new HealthView(pulses.values().stream().map(Pulse::view).toList());
  }

  private void heard(AttemptEnded attempt) {
    var pulse = pulses.get(attempt.provider());
    if (pulse == null || !pulse.ended(attempt)) {
      return;
    }
    tell(attempt.provider(), pulse);
    if (pulse.down()) {
      probeLater(attempt.provider(), pulse);
    }
  }

  private void probeLater(String provider, Pulse pulse) {
    pulse.probeAt(clock.instant().plus(settings.probeInterval()));
    var earlier =
        timers.put(
            provider,
            vertx.setTimer(settings.probeInterval().toMillis(), id -> probe(provider, pulse)));
    if (earlier != null) {
      vertx.cancelTimer(earlier);
    }
  }

  /** The next probe is set first: a check that never ends must not leave the provider down. */
  private void probe(String provider, Pulse pulse) {
    if (!pulse.down()) {
      return;
    }
    probeLater(provider, pulse);
    check(endpoints.get(provider))
        .onSuccess(alive -> context.runOnContext(back -> probed(provider, pulse, alive)));
  }

  private Future<Boolean> check(Endpoint endpoint) {
    return Future.succeededFuture()
        .compose(start -> upstream.check(endpoint, null, settings.probeTimeout()))
        .map(KeyVerdict::reachable)
        .otherwise(
            cause -> {
              log.error("a fault while probing {}", endpoint.provider(), cause);
              return false;
            });
  }

  private void probed(String provider, Pulse pulse, boolean alive) {
    if (alive && pulse.showedLife(clock.instant())) {
      tell(provider, pulse);
    }
  }

  private void tell(String provider, Pulse pulse) {
    var detail = pulse.lastError().orElse("it answers");
    log.info("provider {} is {}: {}", provider, pulse.state(), detail);
    bus.publish(
        Facts.HEALTH_CHANGED, new HealthChanged(provider, pulse.state(), detail, clock.instant()));
  }
}

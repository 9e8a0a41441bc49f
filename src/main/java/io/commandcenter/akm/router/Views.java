package io.commandcenter.akm.router;

import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.contract.RouterCalls.ProviderList;
import io.commandcenter.akm.contract.RouterCalls.ProviderView;
import io.commandcenter.akm.contract.RouterCalls.RoutingView;
import io.commandcenter.akm.contract.RouterCalls.TargetView;
import io.commandcenter.akm.contract.RouterCalls.TaskView;
import io.commandcenter.akm.core.routing.Cooled;
import io.commandcenter.akm.core.routing.KeyFacts;
import io.commandcenter.akm.core.routing.ProviderFacts;
import io.commandcenter.akm.provider.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What the router shows of its configuration and its facts. */
final class Views {
  private final LiveFacts facts;
  private final Times times;

  Views(LiveFacts facts, Times times) {
    this.facts = facts;
    this.times = times;
  }

  RoutingView routing() {
    var config = facts.config();
    return new RoutingView(
        config.tasks().values().stream().map(Views::task).toList(),
        config.fallbackOrder(),
        config.warnings());
  }

  private static TaskView task(RoutingConfig.Task task) {
    return new TaskView(
        task.name(),
        task.strategy().slug(),
        task.targets().stream()
            .map(target -> new TargetView(target.provider(), target.model(), target.weight()))
            .toList());
  }

  ProviderList providers() {
    return new ProviderList(
        facts.config().providers().values().stream().map(this::provider).toList());
  }

  private ProviderView provider(RoutingConfig.Provider provider) {
    var known = facts.facts(provider);
    var lane = facts.lane(provider.name());
    var base = facts.endpoint(provider.name()).map(Endpoint::base).orElse(provider.endpoint());
    return new ProviderView(
        provider.name(),
        provider.protocol(),
        known.enabled(),
        text(base),
        provider.models(),
        known.condition().name().toLowerCase(Locale.ROOT),
        lane.detail(),
        (int) keysOpen(known),
        known.needsKey(),
        provider.requestsPerMinute(),
        lane.left(times.nanos()),
        coolingUntil(known));
  }

  private static String text(URI base) {
    return base == null ? null : base.toString();
  }

  private long keysOpen(ProviderFacts provider) {
    return provider.usableKeys().stream().filter(key -> left(provider, key).isZero()).count();
  }

  /** When the provider opens, or the first of its keys if all of them cool down; null if open. */
  private Instant coolingUntil(ProviderFacts provider) {
    var all = facts.coolDowns().left(new Cooled(provider.name(), null, null));
    var firstKey = keyWaits(provider).stream().min(Duration::compareTo).orElse(Duration.ZERO);
    var wait = all.compareTo(firstKey) > 0 ? all : firstKey;
    return wait.isZero() ? null : times.instant().plus(wait);
  }

  private List<Duration> keyWaits(ProviderFacts provider) {
    return provider.usableKeys().stream().map(key -> left(provider, key)).toList();
  }

  private Duration left(ProviderFacts provider, KeyFacts key) {
    return facts.coolDowns().left(new Cooled(provider.name(), key.id(), null));
  }
}

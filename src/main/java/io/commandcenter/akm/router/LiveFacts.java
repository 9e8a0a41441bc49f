package io.commandcenter.akm.router;

import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.contract.HealthCalls.HealthView;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.money.PriceBook;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.core.routing.Condition;
import io.commandcenter.akm.core.routing.EmbeddingSupport;
import io.commandcenter.akm.core.routing.KeyFacts;
import io.commandcenter.akm.core.routing.ProviderFacts;
import io.commandcenter.akm.core.routing.RoutingFacts;
import io.commandcenter.akm.core.routing.Task;
import io.commandcenter.akm.provider.Endpoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * What the router knows at this moment: keys and health as facts tell them, its own limits and
 * cool-downs. Told on the router's event loop, asked on any.
 */
final class LiveFacts {
  private static final Set<String> IN_USE = Set.of("active", "cooling");

  /** The wall clock may jump over a key's expiry. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private final RoutingConfig config;
  private final Map<String, Endpoint> endpoints;
  private final PriceBook prices;
  private final Times times;
  private final CoolDowns coolDowns;
  private final Map<String, Lane> lanes = new LinkedHashMap<>();
  private final Map<String, Task> tasks = new LinkedHashMap<>();
  private volatile Map<String, List<KeyInfo>> keys = Map.of();
  private final AtomicLong keyChanges = new AtomicLong();
  private volatile Cached cached;

  private record Cached(RoutingFacts facts, long changes, long until) {}

  LiveFacts(
      RoutingConfig config,
      Map<String, Endpoint> endpoints,
      PriceBook prices,
      int maxInFlight,
      Times times) {
    this.config = config;
    this.endpoints = Map.copyOf(endpoints);
    this.prices = prices;
    this.times = times;
    this.coolDowns = new CoolDowns(times);
    config
        .providers()
        .forEach((name, p) -> lanes.put(name, new Lane(p.requestsPerMinute(), maxInFlight)));
    config.tasks().forEach((name, task) -> tasks.put(name, task(task)));
  }

  private static Task task(RoutingConfig.Task task) {
    return new Task(
        task.name(),
        task.strategy(),
        task.targets().stream()
            .map(target -> new Task.Target(target.provider(), target.model(), target.weight()))
            .toList());
  }

  RoutingConfig config() {
    return config;
  }

  Optional<Endpoint> endpoint(String provider) {
    return Optional.ofNullable(endpoints.get(provider));
  }

  CoolDowns coolDowns() {
    return coolDowns;
  }

  Lane lane(String provider) {
    return lanes.get(provider);
  }

  /** Keys that are kept for something else than requests are none for the router. */
  synchronized void know(List<KeyInfo> all) {
    keys =
        all.stream()
            .filter(key -> key.purpose().equals("inference"))
            .collect(Collectors.groupingBy(KeyInfo::provider));
    keyChanges.incrementAndGet();
  }

  void know(HealthView health) {
    health.providers().forEach(p -> know(p.provider(), p.state(), p.lastError()));
  }

  /** A state or provider that is not known here is passed over: another node may be newer. */
  void know(String provider, String state, String detail) {
    var lane = lanes.get(provider);
    for (var condition : Condition.values()) {
      if (lane != null && condition.name().toLowerCase(Locale.ROOT).equals(state)) {
        lane.condition(condition, detail);
      }
    }
  }

  /** The slot and, while the provider recovers, the trial; or empty if it may not go now. */
  Optional<Lane.Pass> enter(Candidate candidate) {
    return coolDowns.cooling(candidate)
        ? Optional.empty()
        : lane(candidate.provider()).tryEnter(times.nanos());
  }

  /** How long until the candidate's limit and cool-downs are over; zero if they are. */
  Duration opensIn(Candidate candidate) {
    var limit = lane(candidate.provider()).limitWait(times.nanos());
    var cooling = coolDowns.left(candidate);
    return limit.compareTo(cooling) > 0 ? limit : cooling;
  }

  /** The facts of now: made anew when something has changed, by an event or by time. */
  RoutingFacts snapshot() {
    long now = times.nanos();
    long changed = changes();
    var last = cached;
    if (last == null || last.changes() != changed || now - last.until() >= 0) {
      var facts = newSnapshot();
      last = new Cached(facts, changed, now + holdsFor(facts).toNanos());
      cached = last;
    }
    return last.facts();
  }

  /** Not at all while somebody waits, for each is told how long; else until a key expires. */
  private Duration holdsFor(RoutingFacts facts) {
    boolean someWait =
        !facts.cooling().isEmpty()
            || facts.providers().values().stream().anyMatch(p -> !p.limitWait().isZero());
    return someWait
        ? Duration.ZERO
        : keys.values().stream()
            .flatMap(List::stream)
            .map(KeyInfo::expiresAt)
            .filter(Objects::nonNull)
            .map(end -> Duration.between(times.instant(), end))
            .filter(wait -> !wait.isNegative())
            .reduce(LONGEST, (one, other) -> one.compareTo(other) < 0 ? one : other);
  }

  private long changes() {
    long sum = keyChanges.get() + coolDowns.changes();
    for (var lane : lanes.values()) {
      sum += lane.changes();
    }
    return sum;
  }

  private RoutingFacts newSnapshot() {
    var providers = new LinkedHashMap<String, ProviderFacts>();
    config.providers().forEach((name, provider) -> providers.put(name, facts(provider)));
    return new RoutingFacts(providers, tasks, config.fallbackOrder(), coolDowns.running(), prices);
  }

  ProviderFacts facts(RoutingConfig.Provider provider) {
    var lane = lane(provider.name());
    var protocol = endpoint(provider.name()).map(Endpoint::protocol);
    return new ProviderFacts(
        provider.name(),
        provider.enabled() && protocol.isPresent(),
        protocol.map(p -> p.needsKey()).orElse(true),
        protocol
            .map(p -> EmbeddingSupport.valueOf(p.embeddings().name()))
            .orElse(EmbeddingSupport.NONE),
        provider.models(),
        keys.getOrDefault(provider.name(), List.of()).stream().map(this::facts).toList(),
        lane.condition(),
        lane.trialRunning(),
        lane.limitWait(times.nanos()));
  }

  private KeyFacts facts(KeyInfo key) {
    boolean expired = key.expiresAt() != null && !key.expiresAt().isAfter(times.instant());
    return new KeyFacts(
        key.keyId(),
        key.label(),
        key.weight(),
        // A rest is kept by the cool-downs, which know its end to the nanosecond.
        IN_USE.contains(key.state()) && !expired,
        key.frozen());
  }
}

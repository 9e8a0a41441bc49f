package io.commandcenter.akm.core.routing;

import io.commandcenter.akm.core.routing.Outcome.Chosen;
import io.commandcenter.akm.core.routing.Outcome.Forbidden;
import io.commandcenter.akm.core.routing.Outcome.Name;
import io.commandcenter.akm.core.routing.Outcome.Refused;
import io.commandcenter.akm.core.routing.Outcome.Unknown;
import io.commandcenter.akm.core.routing.Outcome.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The choice of a provider: facts in, an outcome with every reason out. */
public final class Routing {
  private Routing() {}

  public static Outcome decide(
      Query query, RoutingFacts facts, Instant now, RandomGenerator random) {
    return unknownName(query, facts)
        .<Outcome>map(unknown -> unknown)
        .or(() -> forbiddenName(query, facts))
        .orElseGet(() -> choose(query, facts, now, random));
  }

  private static Optional<Unknown> unknownName(Query query, RoutingFacts facts) {
    if (query.provider() != null && !facts.providers().containsKey(query.provider())) {
      return Optional.of(new Unknown(Name.PROVIDER, List.copyOf(facts.providers().keySet())));
    }
    if (query.task() != null && !facts.tasks().containsKey(query.task())) {
      return Optional.of(new Unknown(Name.TASK, List.copyOf(facts.tasks().keySet())));
    }
    if (query.model() == null) {
      return Optional.empty();
    }
    var name = ModelName.of(query.model(), facts);
    return facts.providers().values().stream().anyMatch(name::offeredBy)
        ? Optional.empty()
        : Optional.of(new Unknown(Name.MODEL, name.near(facts)));
  }

  /** What is named must be allowed; what is not named is chosen among what is allowed. */
  private static Optional<Forbidden> forbiddenName(Query query, RoutingFacts facts) {
    var grant = query.grant();
    if (!grant.allowsTask(query.effectiveTask())) {
      return Optional.of(new Forbidden(Name.TASK, grant.tasks()));
    }
    if (query.provider() != null && !grant.allowsProvider(query.provider())) {
      return Optional.of(new Forbidden(Name.PROVIDER, grant.providers()));
    }
    if (query.model() == null) {
      return Optional.empty();
    }
    var name = ModelName.of(query.model(), facts);
    var offering = facts.providers().values().stream().filter(name::offeredBy).toList();
    if (offering.stream().anyMatch(p -> grant.allows(p.name(), name.model()))) {
      return Optional.empty();
    }
    return Optional.of(
        offering.stream().anyMatch(p -> grant.allowsProvider(p.name()))
            ? new Forbidden(Name.MODEL, grant.models())
            : new Forbidden(Name.PROVIDER, grant.providers()));
  }

  private static Outcome choose(
      Query query, RoutingFacts facts, Instant now, RandomGenerator random) {
    var plan = Plan.of(query, facts);
    var offers = new Offers(query, facts, now);
    var sieve = new Sieve(query, facts, now, random);
    Set<List<String>> visited = new HashSet<>();
    for (var group : plan.groups()) {
      var found =
          group.steps().stream()
              .filter(step -> facts.providers().containsKey(step.provider()))
              .map(offers::of)
              .filter(offer -> visited.add(Arrays.asList(offer.step().provider(), offer.model())))
              .toList();
      Strategy.of(group.strategy()).order(found, random).forEach(sieve::pass);
    }
    passOverTheRest(query, facts, plan, sieve.excluded());
    return outcome(plan, sieve);
  }

  private static void passOverTheRest(
      Query query, RoutingFacts facts, Plan plan, List<Excluded> excluded) {
    var planned =
        plan.groups().stream()
            .flatMap(group -> group.steps().stream())
            .map(Plan.Step::provider)
            .collect(Collectors.toSet());
    for (var provider : facts.providers().values()) {
      if (!planned.contains(provider.name())) {
        excluded.add(outsider(query, provider));
      }
    }
  }

  private static Excluded outsider(Query query, ProviderFacts provider) {
    if (!provider.enabled()) {
      return outsider(provider, Reason.DISABLED, "disabled in the routing configuration");
    }
    if (!query.grant().allowsProvider(provider.name())) {
      return outsider(provider, Reason.NOT_ALLOWED, Sieve.NOT_THIS_PROVIDER);
    }
    return query.model() == null
        ? outsider(provider, Reason.NOT_IN_ORDER, "neither a target of the task nor a fallback")
        : outsider(provider, Reason.MODEL_NOT_OFFERED, "does not list the model asked for");
  }

  private static Excluded outsider(ProviderFacts provider, Reason reason, String detail) {
    return new Excluded(provider.name(), null, null, null, reason, detail, null, null);
  }

  private static Outcome outcome(Plan plan, Sieve sieve) {
    var verdict = new Verdict(plan.task(), plan.strategy(), sieve.candidates(), sieve.excluded());
    return sieve.candidates().isEmpty()
        ? new Refused(verdict, soonest(sieve.excluded()))
        : new Chosen(verdict);
  }

  private static Optional<Duration> soonest(List<Excluded> excluded) {
    return excluded.stream()
        .map(Excluded::opensIn)
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder());
  }
}

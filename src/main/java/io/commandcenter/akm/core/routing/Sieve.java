package io.commandcenter.akm.core.routing;

import io.commandcenter.akm.core.money.Usd;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Turns offers into candidates, or into exclusions with the reason; gathers both in order. */
final class Sieve {
  static final String NOT_THIS_PROVIDER = "the token may not use this provider";

  private final Query query;
  private final RoutingFacts facts;
  private final Instant now;
  private final RandomGenerator random;
  private final List<Candidate> candidates = new ArrayList<>();
  private final List<Excluded> excluded = new ArrayList<>();

  Sieve(Query query, RoutingFacts facts, Instant now, RandomGenerator random) {
    this.query = query;
    this.facts = facts;
    this.now = now;
    this.random = random;
  }

  List<Candidate> candidates() {
    return candidates;
  }

  List<Excluded> excluded() {
    return excluded;
  }

  void pass(Offer offer) {
    var obstacle =
        unfit(offer)
            .or(() -> notAllowed(offer))
            .or(() -> unaffordable(offer))
            .or(() -> unhealthy(offer))
            .or(() -> full(offer));
    if (obstacle.isPresent()) {
      excluded.add(obstacle.get());
    } else {
      passKeys(offer);
    }
  }

  private Optional<Excluded> unfit(Offer offer) {
    if (!offer.provider().enabled()) {
      return lasting(offer, Reason.DISABLED, "disabled in the routing configuration");
    }
    if (offer.model() != null) {
      return Optional.empty();
    }
    return query.operation() == Operation.EMBEDDINGS
        ? lasting(offer, Reason.NO_EMBEDDINGS, "has no model for embeddings here")
        : lasting(offer, Reason.NO_MODEL, "has no model that answers a chat");
  }

  private Optional<Excluded> notAllowed(Offer offer) {
    var grant = query.grant();
    if (grant.allows(offer.provider().name(), offer.model())) {
      return Optional.empty();
    }
    return lasting(
        offer,
        Reason.NOT_ALLOWED,
        grant.allowsProvider(offer.provider().name())
            ? "the token may not use this model"
            : NOT_THIS_PROVIDER);
  }

  private Optional<Excluded> unaffordable(Offer offer) {
    if (offer.maxCostNanos() == null) {
      return lasting(
          offer,
          Reason.NO_PRICE,
          "the price of this model is not known: set cost_per_1k_tokens of the provider or"
              + " unknown_price.cap");
    }
    var cap = query.size().maxCostNanos();
    if (offer.maxCostNanos() == Long.MAX_VALUE) {
      return lasting(offer, Reason.TOO_EXPENSIVE, "the cost is too large to be counted");
    }
    if (cap == null || offer.maxCostNanos() <= cap) {
      return Optional.empty();
    }
    return lasting(
        offer,
        Reason.TOO_EXPENSIVE,
        "may cost "
            + Usd.ofNanos(offer.maxCostNanos()).toPlainString()
            + " USD, more than max_cost_usd");
  }

  private Optional<Excluded> unhealthy(Offer offer) {
    return switch (offer.provider().condition()) {
      case UP, UNKNOWN -> Optional.empty();
      case DOWN -> lasting(offer, Reason.UNHEALTHY, "down; it is probed until it is back");
      case PROBING ->
          offer.provider().trialRunning()
              ? lasting(offer, Reason.UNHEALTHY, "recovering; one request at a time tries it")
              : Optional.empty();
    };
  }

  private Optional<Excluded> full(Offer offer) {
    var cooling = facts.providerWait(offer.provider().name(), offer.model());
    if (cooling.compareTo(Duration.ZERO) > 0) {
      return passing(offer, Reason.COOLING_DOWN, "cools down", cooling);
    }
    var limit = offer.provider().limitWait();
    return limit.compareTo(Duration.ZERO) > 0
        ? passing(offer, Reason.RATE_LIMITED, "its requests per minute are used up", limit)
        : Optional.empty();
  }

  private void passKeys(Offer offer) {
    var provider = offer.provider();
    var keys = provider.usableKeys();
    provider.keys().stream().filter(KeyFacts::frozen).forEach(key -> passOver(offer, key));
    if (!keys.isEmpty()) {
      WeightedDraw.order(keys, KeyFacts::weight, random).forEach(key -> passKey(offer, key));
    } else if (provider.needsKey()) {
      var detail =
          provider.keys().isEmpty()
              ? "has no key: add one"
              : "none of its "
                  + provider.keys().size()
                  + " keys is usable: enable, thaw or rotate one";
      lasting(offer, Reason.NO_KEY, detail).ifPresent(excluded::add);
    } else {
      take(offer, null, null);
    }
  }

  private void passOver(Offer offer, KeyFacts key) {
    excluded.add(
        new Excluded(
            offer.provider().name(),
            offer.model(),
            key.id(),
            key.label(),
            Reason.KEY_FROZEN,
            "this key is frozen until a person thaws it",
            offer.maxCostNanos(),
            null));
  }

  private void passKey(Offer offer, KeyFacts key) {
    var wait = facts.keyWait(offer.provider().name(), key.id(), offer.model());
    if (wait.compareTo(Duration.ZERO) > 0) {
      excluded.add(
          new Excluded(
              offer.provider().name(),
              offer.model(),
              key.id(),
              key.label(),
              Reason.KEY_COOLING,
              "this key cools down until " + until(wait),
              offer.maxCostNanos(),
              wait));
    } else {
      take(offer, key.id(), key.label());
    }
  }

  private void take(Offer offer, String keyId, String keyLabel) {
    candidates.add(
        new Candidate(
            offer.provider().name(),
            offer.model(),
            keyId,
            keyLabel,
            offer.maxOutputTokens(),
            offer.maxCostNanos(),
            offer.contextTokens(),
            offer.step().reason(),
            offer.step().detail()));
  }

  private static Optional<Excluded> lasting(Offer offer, Reason reason, String detail) {
    return Optional.of(exclusion(offer, reason, detail, null));
  }

  private Optional<Excluded> passing(Offer offer, Reason reason, String detail, Duration wait) {
    return Optional.of(exclusion(offer, reason, detail + " until " + until(wait), wait));
  }

  private static Excluded exclusion(Offer offer, Reason reason, String detail, Duration wait) {
    return new Excluded(
        offer.provider().name(),
        offer.model(),
        null,
        null,
        reason,
        detail,
        offer.maxCostNanos(),
        wait);
  }

  private Instant until(Duration wait) {
    return now.plus(wait).truncatedTo(ChronoUnit.MILLIS);
  }
}

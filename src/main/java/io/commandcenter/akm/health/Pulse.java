package io.commandcenter.akm.health;

import io.commandcenter.akm.contract.Facts.AttemptEnded;
import io.commandcenter.akm.contract.HealthCalls.ProviderHealth;
import io.commandcenter.akm.core.limits.Breaker;
import io.commandcenter.akm.core.routing.ErrorClass;
import java.time.Instant;
import java.util.Optional;

/** One provider's health, from what its requests and probes came to. */
final class Pulse {
  private final String provider;
  private final Breaker breaker;
  private boolean everUp;
  private Instant since;
  private String lastError;
  private Instant lastSuccessAt;
  private Instant nextProbeAt;

  Pulse(String provider, int failuresToDown, Instant now) {
    this.provider = provider;
    breaker = new Breaker(failuresToDown);
    since = now;
  }

  /**
   * @return whether the state is another now
   */
  boolean ended(AttemptEnded attempt) {
    var before = state();
    if (attempt.outcome().equals("cancelled")) {
      return false;
    }
    if (blamed(attempt.outcome())) {
      lastError = attempt.detail();
      breaker.failed();
    } else {
      succeeded(attempt);
    }
    return changed(before, attempt.at());
  }

  /** An answer that refuses the key or the request also comes from a provider that works. */
  private void succeeded(AttemptEnded attempt) {
    breaker.succeeded();
    everUp = true;
    nextProbeAt = null;
    if (attempt.outcome().equals("ok")) {
      lastSuccessAt = attempt.at();
      lastError = null;
    }
  }

  private static boolean blamed(String outcome) {
    return ErrorClass.ofSlug(outcome)
        .map(error -> error.blame() == ErrorClass.Blame.PROVIDER)
        .orElse(false);
  }

  /**
   * @return whether the state is another now
   */
  boolean showedLife(Instant now) {
    var before = state();
    breaker.showedLife();
    boolean changed = changed(before, now);
    if (changed) {
      nextProbeAt = null;
    }
    return changed;
  }

  void probeAt(Instant at) {
    nextProbeAt = at;
  }

  boolean down() {
    return breaker.state() == Breaker.State.OPEN;
  }

  /** Up, down, probing or unknown. */
  String state() {
    return switch (breaker.state()) {
      case OPEN -> "down";
      case HALF_OPEN -> "probing";
      case CLOSED -> everUp ? "up" : "unknown";
    };
  }

  Optional<String> lastError() {
    return Optional.ofNullable(lastError);
  }

  private boolean changed(String before, Instant at) {
    boolean changed = !before.equals(state());
    if (changed) {
      since = at;
    }
    return changed;
  }

  ProviderHealth view() {
    return new ProviderHealth(
        provider, state(), since, breaker.failures(), lastError, lastSuccessAt, nextProbeAt);
  }
}

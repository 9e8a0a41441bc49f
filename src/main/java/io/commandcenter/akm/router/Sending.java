package io.commandcenter.akm.router;

import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.ProviderReply;
import io.vertx.core.Future;
import java.time.Duration;

/** How one request goes to whichever candidate may have it. */
interface Sending {
  /** What is ready to go to one candidate. */
  @FunctionalInterface
  interface Ready {
    /**
     * @param key null if the provider needs none
     */
    Future<ProviderReply> send(Secret key, Duration timeLeft);
  }

  /**
   * Readies what goes to the candidate, before anything is held or lent for it.
   *
   * @throws io.commandcenter.akm.contract.Failure if its provider cannot carry the request out; the
   *     next candidate may
   */
  Ready ready(Endpoint endpoint, Candidate candidate);

  /** Whether the caller has heard something of the answer: then no other candidate may give it. */
  boolean begun();

  /** Whether the caller has given the request up: then no other candidate is tried. */
  boolean left();
}

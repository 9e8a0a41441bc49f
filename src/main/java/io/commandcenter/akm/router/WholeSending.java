package io.commandcenter.akm.router;

import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.ProviderReply;
import io.vertx.core.Future;
import java.time.Duration;

/** A request in no dialect, whose answer comes as a whole, and which nobody can give up. */
record WholeSending(Tools tools, Asked asked) implements Sending {
  /** The upstream ends at the deadline by itself and then knows what was charged. */
  static final Duration GRACE = Duration.ofMillis(100);

  @Override
  public Ready ready(Endpoint endpoint, Candidate candidate) {
    return (key, timeLeft) -> send(endpoint, candidate, key, timeLeft);
  }

  private Future<ProviderReply> send(
      Endpoint endpoint, Candidate candidate, Secret key, Duration timeLeft) {
    return Within.time(
        tools.vertx(),
        timeLeft.plus(GRACE),
        tools.upstream().send(endpoint, key, asked.toSend(candidate), timeLeft),
        () -> Future.succeededFuture(silence(candidate)));
  }

  private ProviderReply silence(Candidate candidate) {
    return UnknownCharge.of(asked, candidate, ErrorClass.TIMEOUT, "no answer before the deadline");
  }

  @Override
  public boolean begun() {
    return false;
  }

  @Override
  public boolean left() {
    return false;
  }
}

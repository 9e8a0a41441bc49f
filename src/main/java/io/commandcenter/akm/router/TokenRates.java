package io.commandcenter.akm.router;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.grants.Grant;
import io.commandcenter.akm.core.limits.RequestWindows;
import io.commandcenter.akm.core.limits.RequestWindows.Limit;
import java.time.Duration;
import java.util.List;

/**
 * The tokens' requests per minute. Here, and not at the listener, because everything that routes
 * passes here: the gateway, REST, MCP and the bus count alike.
 */
final class TokenRates {
  private final Times times;
  private final RequestWindows windows = new RequestWindows();

  TokenRates(Times times) {
    this.times = times;
  }

  /** Counts one request of the token and its ancestors, or refuses it and counts nothing. */
  void take(Grant grant) {
    if (grant.rates().isEmpty()) {
      return;
    }
    var limits =
        grant.rates().stream().map(rate -> new Limit(rate.token(), rate.perMinute())).toList();
    var wait = Duration.ofNanos(taken(limits));
    if (!wait.isZero()) {
      throw new Failure(
              Code.RATE_LIMITED,
              "the token or its parent has sent its requests of this minute; wait for"
                  + " retry_after_ms")
          .with(Failure.RETRY_AFTER_MS, Math.max(1, wait.plusMillis(1).toMillis()));
    }
  }

  private synchronized long taken(List<Limit> limits) {
    return windows.take(limits, times.nanos());
  }
}

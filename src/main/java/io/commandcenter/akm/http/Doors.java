package io.commandcenter.akm.http;

import java.util.function.LongSupplier;

/**
 * What the instances of the listener know in common of those who come in.
 *
 * @param own tokens of akm that were verified
 * @param issued tokens of an OAuth issuer that were verified; in one cache, what {@code /mcp} took
 *     would be let in everywhere
 */
record Doors(TokenCache own, TokenCache issued, FailureThrottle throttle) {
  static Doors with(int failuresPerMinute, LongSupplier nanoTime) {
    return new Doors(
        new TokenCache(nanoTime),
        new TokenCache(nanoTime),
        new FailureThrottle(failuresPerMinute, nanoTime));
  }

  /** A token was changed: what was verified before says nothing any more. */
  void forget() {
    own.drop();
    issued.drop();
  }
}

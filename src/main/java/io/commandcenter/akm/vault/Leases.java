package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.LeaseCalls.Lease;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The leases that are out: at most one for the current version of a key, and one for the version
 * beside it. While one lives it is lent again without another audit row; requests that come while
 * one is being made wait for it.
 */
final class Leases {
  private final Clock clock;
  private final Map<String, Future<Lease>> current = new ConcurrentHashMap<>();
  private final Map<String, Future<Lease>> other = new ConcurrentHashMap<>();

  Leases(Clock clock) {
    this.clock = clock;
  }

  /** Of the current version. */
  Future<Lease> take(TakeLease ask, Function<TakeLease, Future<Lease>> release) {
    return take(current, ask, release);
  }

  /** Of the version beside it. */
  Future<Lease> takeOther(TakeLease ask, Function<TakeLease, Future<Lease>> release) {
    return take(other, ask, release);
  }

  private Future<Lease> take(
      Map<String, Future<Lease>> out, TakeLease ask, Function<TakeLease, Future<Lease>> release) {
    var held = out.get(ask.keyId());
    if (held != null && isAlive(held)) {
      return held;
    }
    // Kept before it is there: a drop that comes meanwhile takes it away, and it is not kept after.
    var made = release.apply(ask);
    out.put(ask.keyId(), made);
    return made.onFailure(e -> out.remove(ask.keyId(), made));
  }

  /**
   * Later requests get a new lease, if any; the secret of those under way is left alone.
   *
   * @return how many were out
   */
  int drop(String keyId) {
    return (current.remove(keyId) == null ? 0 : 1) + (other.remove(keyId) == null ? 0 : 1);
  }

  private boolean isAlive(Future<Lease> lease) {
    return !lease.isComplete()
        || lease.succeeded() && clock.instant().isBefore(lease.result().expiresAt());
  }
}

package io.commandcenter.akm.router;

import io.commandcenter.akm.core.limits.BackOff;
import io.commandcenter.akm.core.limits.CoolDown;
import io.commandcenter.akm.core.routing.Candidate;
import io.commandcenter.akm.core.routing.Cooled;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.core.routing.Penalty;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The cool-downs that all requests of this process share, on whatever event loop. */
final class CoolDowns {
  /** Answers of concurrent requests name nearly the same end. */
  private static final Duration MOMENT = Duration.ofSeconds(1);

  private final Times times;
  private final Map<Cooled, CoolDown> all = new HashMap<>();
  private final Map<String, Instant> told = new HashMap<>();
  private final AtomicLong changes = new AtomicLong();

  /** Grows with every rest that begins, lengthens or is ended. */
  long changes() {
    return changes.get();
  }

  CoolDowns(Times times) {
    this.times = times;
  }

  /**
   * @return the penalty, if it lengthens what cooled down already
   */
  synchronized Optional<Penalty> failed(
      Candidate failed, ErrorClass error, Penalty.Said said, RandomGenerator random) {
    var key = all.get(new Cooled(failed.provider(), failed.keyId(), null));
    int earlier = error == ErrorClass.RATE_LIMIT && key != null ? key.failures() : 0;
    return Penalty.of(failed, error, said, BackOff.delay(earlier, random), times.instant())
        .filter(penalty -> start(penalty, error));
  }

  /**
   * As the vault remembers it, of this or another router, perhaps of an earlier run. Each end is
   * taken once: the wall clock may jump, and must not lengthen a rest that runs.
   *
   * @param until null if the vault knows of no rest
   */
  synchronized void told(String provider, String keyId, Instant until) {
    var before = until == null ? told.remove(keyId) : told.put(keyId, until);
    var left = until == null ? Duration.ZERO : Duration.between(times.instant(), until);
    if (until != null && !until.equals(before) && !left.isNegative()) {
      long now = times.nanos();
      all.computeIfAbsent(new Cooled(provider, keyId, null), what -> new CoolDown(now))
          .extendTo(now + left.toNanos());
      changes.incrementAndGet();
    }
  }

  private boolean start(Penalty penalty, ErrorClass error) {
    long now = times.nanos();
    var coolDown = all.computeIfAbsent(penalty.what(), what -> new CoolDown(now));
    if (error == ErrorClass.RATE_LIMIT) {
      coolDown.failed();
    }
    long before = coolDown.leftNanos(now);
    coolDown.extendTo(now + penalty.length().toNanos());
    changes.incrementAndGet();
    return penalty.length().toNanos() - before > MOMENT.toNanos();
  }

  /** The next rate limit of this key backs off from the start again. */
  synchronized void succeeded(Candidate candidate) {
    var key = all.get(new Cooled(candidate.provider(), candidate.keyId(), null));
    if (key != null) {
      key.succeeded();
    }
  }

  /** For a key with a new value, or that a person put back to use. */
  synchronized void forget(String provider, String keyId) {
    told.remove(keyId);
    changes.incrementAndGet();
    all.keySet()
        .removeIf(
            cooled -> cooled.provider().equals(provider) && Objects.equals(cooled.keyId(), keyId));
  }

  synchronized boolean cooling(Candidate candidate) {
    return !left(candidate).isZero();
  }

  /** The longest of the provider's, the key's and the model's. */
  synchronized Duration left(Candidate candidate) {
    return Stream.of(
            new Cooled(candidate.provider(), null, null),
            new Cooled(candidate.provider(), null, candidate.model()),
            new Cooled(candidate.provider(), candidate.keyId(), null),
            new Cooled(candidate.provider(), candidate.keyId(), candidate.model()))
        .map(this::left)
        .max(Duration::compareTo)
        .orElseThrow();
  }

  synchronized Duration left(Cooled cooled) {
    var coolDown = all.get(cooled);
    return coolDown == null ? Duration.ZERO : Duration.ofNanos(coolDown.leftNanos(times.nanos()));
  }

  synchronized Map<Cooled, Duration> running() {
    var running = new HashMap<Cooled, Duration>();
    all.keySet().forEach(cooled -> running.put(cooled, left(cooled)));
    running.values().removeIf(Duration::isZero);
    return running;
  }
}

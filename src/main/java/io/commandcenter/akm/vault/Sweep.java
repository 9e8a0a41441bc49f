package io.commandcenter.akm.vault;

import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.store.KeyVersion;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what time alone brings: keys expire, drained versions are erased. */
final class Sweep {
  private static final Logger log = LoggerFactory.getLogger(Sweep.class);
  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(30);

  private final KeyStore keys;
  private final Clock clock;
  private final AtomicReference<Instant> due = new AtomicReference<>(Instant.MIN);
  private boolean running;

  Sweep(KeyStore keys, Clock clock) {
    this.keys = keys;
    this.clock = clock;
  }

  /** After a change that may bring a nearer date. */
  void lookAgain() {
    due.set(Instant.MIN);
  }

  /** Called every second on one context; asks the store only when something is due. */
  void tick(KeyLife life, KeyChanges changes, Expiries expiries) {
    if (!running && !clock.instant().isBefore(due.get())) {
      running = true;
      due.set(Instant.MAX);
      run(life, changes, expiries).onComplete(done -> running = false);
    }
  }

  /** Never fails: what could not be done now is done later. */
  Future<Void> run(KeyLife life, KeyChanges changes, Expiries expiries) {
    var now = clock.instant();
    return keys.pastExpiry(now)
        .compose(
            expired -> Future.all(expired.stream().map(key -> quietly(life.expire(key))).toList()))
        .compose(done -> keys.drained(now))
        .compose(
            drained -> Future.all(drained.stream().map(v -> quietly(erase(v, changes))).toList()))
        .compose(done -> expiries.warn(now))
        .onSuccess(next -> next.ifPresent(this::sooner))
        .compose(done -> keys.nextDue())
        .onSuccess(next -> sooner(next.orElse(Instant.MAX)))
        .<Void>mapEmpty()
        .recover(
            cause -> {
              log.error("the vault could not look for expired keys; it tries again", cause);
              sooner(now.plus(AFTER_A_FAULT));
              return Future.succeededFuture();
            });
  }

  private void sooner(Instant next) {
    due.accumulateAndGet(next, (a, b) -> a.isBefore(b) ? a : b);
  }

  private Future<Void> erase(KeyVersion version, KeyChanges changes) {
    var now = clock.instant();
    var detail = AuditDetail.NONE.with(Field.VERSION, version.version());
    var entry = AuditEntry.ok(now, "akm", Action.KEY_ERASE, version.keyId(), detail);
    return keys.erase(version, entry)
        .compose(erased -> keys.find(version.keyId()))
        .onSuccess(found -> found.ifPresent(key -> changes.drained(key, now)))
        .mapEmpty();
  }

  private static Future<Void> quietly(Future<?> work) {
    return work.<Void>mapEmpty()
        .recover(
            cause -> {
              log.warn("a key that is due could not be changed; it is tried again", cause);
              return Future.succeededFuture();
            });
  }
}

package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.LeaseCalls.Lease;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.DenialLog;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.store.KeyVersion;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Opens a sealed key for one lease; the secret goes out only after its audit row is durable. */
final class Lending {
  // A key that changes between the look and the note is looked at again, but not for ever.
  private static final int TRIES = 3;

  private final KeyStore keys;
  private final Custody custody;
  private final RunningRotations running;
  private final DenialLog denials;
  private final Duration leaseTtl;
  private final Clock clock;
  private final SecureRandom random;

  Lending(
      KeyStore keys,
      Custody custody,
      RunningRotations running,
      DenialLog denials,
      Duration leaseTtl,
      Clock clock,
      SecureRandom random) {
    this.keys = keys;
    this.custody = custody;
    this.running = running;
    this.denials = denials;
    this.leaseTtl = leaseTtl;
    this.clock = clock;
    this.random = random;
  }

  /** The current version. */
  Future<Lease> release(TakeLease ask) {
    return release(ask, TRIES);
  }

  /** The version beside the current one, while a rotation keeps both. */
  Future<Lease> releaseOther(TakeLease ask) {
    int version = running.otherVersion(ask.keyId()).orElseThrow(KeyViews::changedMeanwhile);
    return keys.find(ask.keyId())
        .map(found -> found.orElseThrow(KeyViews::unknown))
        .compose(
            key -> {
              KeyViews.refuseUnlessLendable(key, clock.instant());
              return keys.version(key.id(), version)
                  .map(found -> found.orElseThrow(KeyViews::changedMeanwhile))
                  .compose(other -> noteOther(ask, key, other));
            });
  }

  private Future<Lease> noteOther(TakeLease ask, KeyRow key, KeyVersion other) {
    if (other.sealed() == null) {
      throw KeyViews.changedMeanwhile();
    }
    var now = clock.instant();
    var detail = detail(ask, key).with(Field.VERSION, other.version());
    var entry = AuditEntry.ok(now, ask.by(), Action.KEY_LEASE, key.id(), detail);
    var secret = custody.open(key, other);
    return keys.release(key, other, entry)
        .map(
            noted -> {
              if (!noted) {
                secret.close();
                throw KeyViews.changedMeanwhile();
              }
              return lease(key, other.version(), secret, now);
            });
  }

  private Future<Lease> release(TakeLease ask, int triesLeft) {
    return keys.find(ask.keyId())
        .map(found -> found.orElseThrow(KeyViews::unknown))
        .compose(
            key ->
                Future.succeededFuture(key)
                    .compose(this::open)
                    .onFailure(cause -> noteDenial(ask, key, cause))
                    .compose(secret -> note(ask, key, secret, triesLeft)));
  }

  private Future<Secret> open(KeyRow key) {
    KeyViews.refuseUnlessLendable(key, clock.instant());
    return plaintext(key);
  }

  /** The current version's plaintext, whatever state the key is in; not yet released. */
  Future<Secret> plaintext(KeyRow key) {
    return version(key)
        .compose(
            read ->
                // Read just before a rekey dropped the data key: the row is sealed with another
                // now.
                custody.canOpen(read.sealed()) ? Future.succeededFuture(read) : version(key))
        .map(version -> custody.open(key, version));
  }

  private Future<KeyVersion> version(KeyRow key) {
    return keys.version(key.id(), key.version())
        .map(
            found ->
                found
                    .filter(version -> version.sealed() != null)
                    .orElseThrow(KeyViews::changedMeanwhile));
  }

  private Future<Lease> note(TakeLease ask, KeyRow key, Secret secret, int triesLeft) {
    var now = clock.instant();
    var entry = AuditEntry.ok(now, ask.by(), Action.KEY_LEASE, key.id(), detail(ask, key));
    return keys.release(key, entry)
        .compose(
            noted -> {
              if (noted) {
                return Future.succeededFuture(lease(key, secret, now));
              }
              secret.close();
              return triesLeft > 1
                  ? release(ask, triesLeft - 1)
                  : Future.failedFuture(KeyViews.changedMeanwhile());
            });
  }

  Lease lease(KeyRow key, Secret secret, Instant now) {
    return lease(key, key.version(), secret, now);
  }

  /** A lease never outlives its key. */
  private Lease lease(KeyRow key, int version, Secret secret, Instant now) {
    var end = now.plus(leaseTtl);
    var expires = key.expiresAt() != null && key.expiresAt().isBefore(end) ? key.expiresAt() : end;
    return new Lease(
        RandomId.of("lease_", random),
        key.id(),
        key.provider(),
        version,
        running.onTrial(key.id(), version),
        secret,
        expires);
  }

  void noteDenial(TakeLease ask, KeyRow key, Throwable cause) {
    if (cause instanceof Failure failure) {
      var detail = detail(ask, key).with(Field.REASON, failure.code().slug());
      denials.denied(ask.by(), Action.KEY_LEASE, key.id(), detail);
    }
  }

  static AuditDetail detail(TakeLease ask, KeyRow key) {
    return KeyViews.detail(key).with(Field.REQUEST, ask.requestId());
  }
}

package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.keys.KeyPurpose;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.KeyRow;
import java.time.Instant;

/** What may be said of a key: to callers, and in the audit log. */
final class KeyViews {
  private KeyViews() {}

  static KeyInfo info(KeyRow key, Instant now) {
    return new KeyInfo(
        key.id(),
        key.provider(),
        key.label(),
        key.shown(now).slug(),
        EnvironmentKeys.holds(key.id()) ? "environment" : "sealed",
        key.masked(),
        key.fingerprint(),
        key.version(),
        key.weight(),
        key.envVar(),
        key.about().purpose().slug(),
        key.about().owner(),
        key.about().tags(),
        key.about().maxAgeDays(),
        key.frozen(),
        null,
        key.createdAt(),
        key.rotatedAt(),
        key.expiresAt(),
        key.coolingUntil() != null && now.isBefore(key.coolingUntil()) ? key.coolingUntil() : null,
        key.lastUsedAt(),
        key.lastValidatedAt());
  }

  static AuditDetail detail(KeyRow key) {
    return AuditDetail.NONE
        .with(Field.PROVIDER, key.provider())
        .with(Field.LABEL, key.label())
        .with(Field.VERSION, key.version())
        .with(Field.FINGERPRINT, key.fingerprint());
  }

  /** Refuses to lend a key that requests may not be sent with. */
  static void refuseUnlessLendable(KeyRow key, Instant now) {
    if (key.about().purpose() != KeyPurpose.INFERENCE) {
      // A decoy must not be told from the others by its refusal.
      throw new Failure(Code.CONFLICT, "the key is not kept for requests; use another");
    }
    refuseUnlessActive(key, now);
  }

  /**
   * Refuses to open a key that is not in use. A key that rests may be used: the rest is the
   * router's to keep, and a check may end it.
   */
  static void refuseUnlessActive(KeyRow key, Instant now) {
    if (key.frozen()) {
      throw frozen();
    }
    var state = key.state().at(now, key.expiresAt());
    if (state != KeyState.ACTIVE) {
      throw new Failure(
          Code.CONFLICT,
          switch (state) {
            case DISABLED -> "the key is disabled; enable it or use another";
            case EXPIRED -> "the key has expired; rotate it or use another";
            case REVOKED -> "the key was deleted; use another";
            case ACTIVE, COOLING, DRAINING, CANDIDATE -> "the key is resting; use another";
          });
    }
  }

  static Failure frozen() {
    return new Failure(Code.CONFLICT, "the key is frozen; thaw it or use another");
  }

  static Failure unknown() {
    return Failure.notFound("no key has this id; list the keys, then name one");
  }

  static Failure changedMeanwhile() {
    return new Failure(
        Code.CONFLICT, "the key was changed at the same time; read it and try again");
  }
}

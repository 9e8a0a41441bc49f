package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.KeyAbout;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/** Puts new keys in, and finds the ones that are there by their labels. */
final class SealedKeys {
  private final KeyStore keys;
  private final Custody custody;
  private final KeyChanges changes;
  private final Clock clock;
  private final SecureRandom random;

  SealedKeys(KeyStore keys, Custody custody, KeyChanges changes, Clock clock, SecureRandom random) {
    this.keys = keys;
    this.custody = custody;
    this.changes = changes;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Where a secret comes from.
   *
   * @param envVar the variable it was read from, or null
   * @param entryId the one-time page it was entered on, or null
   */
  record Origin(String by, String envVar, String entryId) {}

  /**
   * @param expiresAt null for no end
   */
  record NewKey(String provider, String label, int weight, Instant expiresAt, KeyAbout about) {}

  Future<KeyInfo> add(NewKey asked, Secret entered, Origin origin) {
    Plain.noKeyIn(asked.provider(), asked.label(), origin.by());
    if (EnvironmentKeys.LABEL.equals(asked.label())) {
      throw Failure.badRequest("this label is kept for keys of the environment; take another");
    }
    var now = clock.instant();
    if (asked.expiresAt() != null && !asked.expiresAt().isAfter(now)) {
      throw Failure.badRequest("`expires_at` must be in the future");
    }
    var id = RandomId.of("key_", random);
    try (var secret = KeyText.checked(entered)) {
      var first = custody.seal(id, asked.provider(), 1, secret);
      var key = shown(id, asked, secret, origin, now);
      var entry = AuditEntry.ok(now, origin.by(), Action.KEY_ADD, id, detail(key, origin));
      return keys.add(key, first, entry)
          .compose(
              added -> added ? done(id, "added", origin.entryId()) : Future.failedFuture(taken()));
    }
  }

  private KeyRow shown(String id, NewKey asked, Secret secret, Origin origin, Instant now) {
    return new KeyRow(
        id,
        asked.provider(),
        asked.label(),
        KeyState.ACTIVE,
        1,
        asked.weight(),
        KeyText.masked(secret),
        custody.fingerprint(secret),
        origin.envVar(),
        asked.about(),
        now,
        null,
        asked.expiresAt(),
        null,
        null,
        null);
  }

  /** Fails early, before a person is asked for a key that could not be taken. */
  Future<Void> mayAdd(String provider, String label) {
    return keys.findLabel(provider, label)
        .compose(
            found -> found.isEmpty() ? Future.succeededFuture() : Future.failedFuture(taken()));
  }

  /** The sealed key that has the label now; NOT_FOUND if none has. */
  Future<KeyRow> labelled(String provider, String label) {
    if (EnvironmentKeys.LABEL.equals(label)) {
      return Future.failedFuture(EnvironmentKeys.livesElsewhere());
    }
    return keys.findLabel(provider, label)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        Failure.notFound(
                            "this provider has no key of this label; list the keys, then name"
                                + " one")));
  }

  private Future<KeyInfo> done(String id, String change, String entryId) {
    return keys.find(id)
        .map(
            found -> {
              var now = clock.instant();
              var key = found.orElseThrow();
              changes.committed(key, change, entryId, now);
              return KeyViews.info(key, now);
            });
  }

  private static AuditDetail detail(KeyRow key, Origin origin) {
    return KeyViews.detail(key).with(Field.ENV_VAR, origin.envVar());
  }

  private static Failure taken() {
    return new Failure(
        Code.CONFLICT, "the provider has a key of this label; rotate it or take another label");
  }
}

package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.KeyCalls.CoolKey;
import io.commandcenter.akm.contract.LeaseCalls.ReportRejection;
import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.keys.Cooling;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.KeyLifeStore;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;

/** Takes sealed keys out of use, back to use, and ends them. */
final class KeyLife {
  private final KeyStore keys;
  private final KeyLifeStore lives;
  private final KeyChanges changes;
  private final Expiries expiries;
  private final Clock clock;

  KeyLife(KeyStore keys, KeyLifeStore lives, KeyChanges changes, Expiries expiries, Clock clock) {
    this.keys = keys;
    this.lives = lives;
    this.changes = changes;
    this.expiries = expiries;
    this.clock = clock;
  }

  Future<KeyRow> find(String keyId) {
    return keys.find(keyId).map(found -> found.orElseThrow(KeyViews::unknown));
  }

  Future<KeyInfo> disable(ChangeKey ask) {
    return find(ask.keyId())
        .compose(
            key -> {
              var entry = entry(key, ask.by(), Action.KEY_DISABLE, KeyViews.detail(key));
              return change(key, KeyState.DISABLED, KeyState.ACTIVE, entry, "disabled");
            });
  }

  /** Also ends the rest of an active key. */
  Future<KeyInfo> enable(ChangeKey ask) {
    return find(ask.keyId())
        .compose(
            key -> {
              if (key.state().at(clock.instant(), key.expiresAt()) == KeyState.EXPIRED) {
                throw new Failure(Code.CONFLICT, "the key has expired; rotate it instead");
              }
              var entry = entry(key, ask.by(), Action.KEY_ENABLE, KeyViews.detail(key));
              return change(key, KeyState.ACTIVE, KeyState.ACTIVE, entry, "enabled");
            });
  }

  /** Disables the version that was refused; a newer one, or one not in use, is left alone. */
  Future<KeyInfo> reject(ReportRejection report) {
    return find(report.keyId())
        .compose(
            key -> {
              if (key.version() != report.version() || key.state() != KeyState.ACTIVE) {
                return Future.succeededFuture(KeyViews.info(key, clock.instant()));
              }
              var detail = KeyViews.detail(key).with(Field.REASON, report.reason());
              var entry = entry(key, report.by(), Action.KEY_REJECT, detail);
              return change(key, KeyState.DISABLED, KeyState.DISABLED, entry, "disabled");
            });
  }

  Future<KeyInfo> delete(ChangeKey ask) {
    return find(ask.keyId())
        .compose(
            key -> {
              var entry = entry(key, ask.by(), Action.KEY_DELETE, KeyViews.detail(key));
              return keys.revoke(key, entry)
                  .compose(
                      done ->
                          done
                              ? committed(key, KeyState.REVOKED, "revoked")
                              : Future.failedFuture(
                                  new Failure(Code.CONFLICT, "the key was deleted before")));
            });
  }

  /** Writes down that a key's date of expiry has passed, and tells people. */
  Future<KeyInfo> expire(KeyRow key) {
    var entry = entry(key, "akm", Action.KEY_EXPIRE, KeyViews.detail(key));
    var notice = expiries.expired(key);
    return keys.expire(key, notice, entry)
        .compose(
            done ->
                done
                    ? committed(key, KeyState.EXPIRED, "expired")
                    : Future.failedFuture(KeyViews.changedMeanwhile()))
        .onSuccess(expired -> expiries.told(notice));
  }

  /** A rest that its provider asked for; of another version, or of a key not in use, it is none. */
  Future<KeyInfo> cool(CoolKey ask) {
    return find(ask.keyId())
        .compose(
            key -> {
              var now = clock.instant();
              var until = Cooling.extended(key.coolingUntil(), ask.until(), now);
              if (key.version() != ask.version()
                  || key.state() != KeyState.ACTIVE
                  || until.isEmpty()) {
                return Future.succeededFuture(KeyViews.info(key, now));
              }
              return cool(key, until.get(), ask);
            });
  }

  private Future<KeyInfo> cool(KeyRow key, Instant until, CoolKey ask) {
    var detail = KeyViews.detail(key).with(Field.UNTIL, until).with(Field.REASON, ask.reason());
    return lives
        .cool(key, until, entry(key, ask.by(), Action.KEY_COOL, detail))
        .compose(
            done -> {
              if (!done) {
                return Future.failedFuture(KeyViews.changedMeanwhile());
              }
              var now = clock.instant();
              var cooling = key.coolingUntil(until);
              changes.said(cooling, "cooled", now);
              return Future.succeededFuture(KeyViews.info(cooling, now));
            });
  }

  private Future<KeyInfo> change(
      KeyRow key, KeyState next, KeyState ofVersion, AuditEntry entry, String change) {
    var state = key.shown(clock.instant());
    if (!key.state().mayBecome(next) && !state.mayBecome(next)) {
      throw new Failure(Code.CONFLICT, "the key is " + state.slug() + " and cannot be " + change);
    }
    return keys.change(key, next, ofVersion, entry)
        .compose(
            done ->
                done
                    ? committed(key, next, change)
                    : Future.failedFuture(KeyViews.changedMeanwhile()));
  }

  private Future<KeyInfo> committed(KeyRow before, KeyState next, String change) {
    var now = clock.instant();
    var key = before.in(next).coolingUntil(null);
    changes.committed(key, change, null, now);
    return Future.succeededFuture(KeyViews.info(key, now));
  }

  private AuditEntry entry(KeyRow key, String by, Action action, AuditDetail detail) {
    Plain.noKeyIn(by);
    Instant now = clock.instant();
    return AuditEntry.ok(now, by, action, key.id(), detail);
  }
}

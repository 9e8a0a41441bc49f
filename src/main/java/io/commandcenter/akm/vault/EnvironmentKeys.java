package io.commandcenter.akm.vault;

import io.commandcenter.akm.config.RoutingConfig;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.KeyCalls.CoolKey;
import io.commandcenter.akm.contract.LeaseCalls.Lease;
import io.commandcenter.akm.contract.LeaseCalls.ReportRejection;
import io.commandcenter.akm.contract.LeaseCalls.TakeLease;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.Cooling;
import io.commandcenter.akm.core.keys.KeyAbout;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.KeyRow;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that providers take from their variables: in memory only, so what is changed here lasts
 * until the process ends.
 */
final class EnvironmentKeys {
  static final String LABEL = "environment";

  private static final Logger log = LoggerFactory.getLogger(EnvironmentKeys.class);
  private static final String PREFIX = "env_";

  private record Held(KeyRow key, Secret secret) {}

  private final Map<String, Held> held = new ConcurrentHashMap<>();
  private final AuditStore audit;
  private final Freezes freezes;
  private final Lending lending;
  private final KeyChanges changes;
  private final Clock clock;

  EnvironmentKeys(
      AuditStore audit, Freezes freezes, Lending lending, KeyChanges changes, Clock clock) {
    this.audit = audit;
    this.freezes = freezes;
    this.lending = lending;
    this.changes = changes;
    this.clock = clock;
  }

  static boolean holds(String keyId) {
    return keyId.startsWith(PREFIX);
  }

  /** Takes each provider's key from its variable; one that cannot be a key is passed over. */
  void read(RoutingConfig routing, Environment environment, Custody custody) {
    for (var provider : routing.providers().values()) {
      try {
        Optional.ofNullable(provider.apiKeyEnv())
            .flatMap(environment::secret)
            .map(KeyText::checked)
            .ifPresent(secret -> hold(provider, secret, custody.fingerprint(secret)));
      } catch (Failure unfit) {
        log.warn("the variable {} holds no usable key: {}", provider.apiKeyEnv(), unfit.detail());
      }
    }
  }

  private void hold(RoutingConfig.Provider provider, Secret secret, String fingerprint) {
    var id = PREFIX + provider.name();
    var key =
        new KeyRow(
            id,
            provider.name(),
            LABEL,
            KeyState.ACTIVE,
            1,
            1,
            KeyText.masked(secret),
            fingerprint,
            provider.apiKeyEnv(),
            KeyAbout.NONE,
            clock.instant(),
            null,
            null,
            null,
            null,
            null);
    held.put(id, new Held(key, secret));
  }

  List<KeyRow> list() {
    return held.values().stream().map(Held::key).map(freezes::over).toList();
  }

  Future<KeyRow> find(String keyId) {
    return look(keyId).map(Held::key).map(freezes::over);
  }

  Future<Secret> plaintext(KeyRow key) {
    return look(key.id()).map(Held::secret);
  }

  private Future<Held> look(String keyId) {
    var found = held.get(keyId);
    return found == null ? Future.failedFuture(KeyViews.unknown()) : Future.succeededFuture(found);
  }

  Future<Lease> release(TakeLease ask) {
    return look(ask.keyId())
        .compose(
            found ->
                Future.succeededFuture(found)
                    .compose(this::inUse)
                    .onFailure(cause -> lending.noteDenial(ask, found.key(), cause)))
        .compose(found -> note(ask, found));
  }

  private Future<Held> inUse(Held found) {
    KeyViews.refuseUnlessActive(freezes.over(found.key()), clock.instant());
    return Future.succeededFuture(found);
  }

  private Future<Lease> note(TakeLease ask, Held found) {
    var now = clock.instant();
    var detail = Lending.detail(ask, found.key());
    return freezes
        .release(found.key(), AuditEntry.ok(now, ask.by(), Action.KEY_LEASE, ask.keyId(), detail))
        .map(
            noted -> {
              if (!noted) {
                throw KeyViews.frozen();
              }
              update(ask.keyId(), key -> key.usedAt(now));
              return lending.lease(found.key(), found.secret(), now);
            });
  }

  Future<KeyInfo> change(String keyId, String by, KeyState next) {
    var disabling = next == KeyState.DISABLED;
    var action = disabling ? Action.KEY_DISABLE : Action.KEY_ENABLE;
    return change(keyId, by, next, action, disabling ? "disabled" : "enabled");
  }

  Future<KeyInfo> reject(ReportRejection report) {
    return find(report.keyId())
        .compose(
            key ->
                key.version() != report.version() || key.state() != KeyState.ACTIVE
                    ? Future.succeededFuture(KeyViews.info(key, clock.instant()))
                    : change(
                        key.id(), report.by(), KeyState.DISABLED, Action.KEY_REJECT, "disabled"));
  }

  private Future<KeyInfo> change(
      String keyId, String by, KeyState next, Action action, String change) {
    return find(keyId)
        .compose(
            key -> {
              var now = clock.instant();
              if (!key.state().mayBecome(next) && !key.shown(now).mayBecome(next)) {
                throw new Failure(Code.CONFLICT, "the key is " + key.state().slug() + " already");
              }
              return audit
                  .append(AuditEntry.ok(now, by, action, keyId, KeyViews.detail(key)))
                  .map(noted -> changed(keyId, next, change, now));
            });
  }

  private KeyInfo changed(String keyId, KeyState next, String change, Instant now) {
    var key = freezes.over(update(keyId, before -> before.in(next).coolingUntil(null)));
    changes.committed(key, change, null, now);
    return KeyViews.info(key, now);
  }

  /**
   * @param works whether the provider takes the key: then its rest is over
   */
  KeyRow validated(String keyId, boolean works, Instant at) {
    return update(
        keyId, key -> works ? key.validatedAt(at).coolingUntil(null) : key.validatedAt(at));
  }

  /** As {@link KeyLife#cool}, until the process ends. */
  Future<KeyInfo> cool(CoolKey ask) {
    return find(ask.keyId())
        .compose(
            key -> {
              var now = clock.instant();
              var until = Cooling.extended(key.coolingUntil(), ask.until(), now);
              if (key.state() != KeyState.ACTIVE || until.isEmpty()) {
                return Future.succeededFuture(KeyViews.info(key, now));
              }
              var detail =
                  KeyViews.detail(key)
                      .with(Field.UNTIL, until.get())
                      .with(Field.REASON, ask.reason());
              return audit
                  .append(AuditEntry.ok(now, ask.by(), Action.KEY_COOL, key.id(), detail))
                  .map(noted -> cooled(key.id(), until.get(), now));
            });
  }

  private KeyInfo cooled(String keyId, Instant until, Instant now) {
    var key = freezes.over(update(keyId, before -> before.coolingUntil(until)));
    changes.said(key, "cooled", now);
    return KeyViews.info(key, now);
  }

  private KeyRow update(String keyId, UnaryOperator<KeyRow> change) {
    return held.computeIfPresent(
            keyId, (id, before) -> new Held(change.apply(before.key()), before.secret()))
        .key();
  }

  static Failure livesElsewhere() {
    return new Failure(
        Code.CONFLICT,
        "this key lives in a variable of the server's environment; change it there and restart");
  }
}

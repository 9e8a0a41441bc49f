package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.VaultCalls.ChangeKey;
import io.commandcenter.akm.contract.VaultCalls.KeyCheck;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.KeyPurpose;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.provider.Upstream;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.KeyLifeStore;
import io.commandcenter.akm.store.KeyRow;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Asks a provider whether it takes a key; works for disabled keys too, and changes no state. */
final class Validation {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final KeyLifeStore keys;
  private final AuditStore audit;
  private final EnvironmentKeys environment;
  private final KeyLife life;
  private final Lending lending;
  private final Providers providers;
  private final Upstream upstream;
  private final KeyChanges changes;
  private final Clock clock;

  Validation(VaultTools tools) {
    keys = tools.lives();
    audit = tools.audit();
    environment = tools.environmentKeys();
    life = tools.life();
    lending = tools.lending();
    providers = tools.providers();
    upstream = tools.setup().upstream();
    changes = tools.changes();
    clock = tools.clock();
  }

  Future<KeyCheck> validate(ChangeKey ask) {
    Plain.noKeyIn(ask.by());
    return EnvironmentKeys.holds(ask.keyId())
        ? environment
            .find(ask.keyId())
            .compose(key -> check(key, environment.plaintext(key), ask.by()))
        : life.find(ask.keyId())
            .compose(
                key -> {
                  if (key.state() == KeyState.REVOKED) {
                    KeyViews.refuseUnlessActive(key, clock.instant());
                  }
                  if (key.about().purpose() != KeyPurpose.INFERENCE) {
                    return Future.succeededFuture(unchecked(key));
                  }
                  return check(key, lending.plaintext(key), ask.by());
                });
  }

  /** Only a key for requests is proven by the free call for a list of models. */
  private KeyCheck unchecked(KeyRow key) {
    return new KeyCheck(
        key.id(),
        key.provider(),
        key.label(),
        "unchecked",
        "No free call proves a key of this purpose.",
        null,
        0,
        clock.instant());
  }

  private Future<KeyCheck> check(KeyRow key, Future<Secret> plaintext, String by) {
    if (key.frozen()) {
      throw KeyViews.frozen();
    }
    var endpoint = providers.endpoint(key.provider());
    var start = clock.instant();
    var lent = KeyViews.detail(key).with(Field.REASON, "validate");
    return plaintext.compose(
        secret ->
            audit
                .append(AuditEntry.ok(start, by, Action.KEY_LEASE, key.id(), lent))
                .compose(noted -> upstream.check(endpoint, secret, TIMEOUT))
                .compose(verdict -> note(key, verdict, start, by)));
  }

  private Future<KeyCheck> note(KeyRow key, KeyVerdict verdict, Instant start, String by) {
    var now = clock.instant();
    var detail = KeyViews.detail(key).with(Field.REASON, verdict.outcome());
    var entry = AuditEntry.ok(now, by, Action.KEY_VALIDATE, key.id(), detail);
    return remember(key, verdict, entry)
        .map(
            noted ->
                new KeyCheck(
                    key.id(),
                    key.provider(),
                    key.label(),
                    verdict.outcome(),
                    verdict.detail(),
                    verdict.status() == 0 ? null : verdict.status(),
                    Duration.between(start, now).toMillis(),
                    now));
  }

  /** A provider that did not answer has validated nothing. */
  private Future<Void> remember(KeyRow key, KeyVerdict verdict, AuditEntry entry) {
    if (!verdict.reachable()) {
      return audit.append(entry);
    }
    boolean works = verdict.outcome().equals("valid");
    if (EnvironmentKeys.holds(key.id())) {
      return audit
          .append(entry)
          .onSuccess(noted -> environment.validated(key.id(), works, entry.at()))
          .onSuccess(noted -> tell(key, works, entry.at()));
    }
    return keys.validated(key, works, entry)
        .onSuccess(noted -> tell(key, works, entry.at()))
        .mapEmpty();
  }

  private void tell(KeyRow before, boolean works, Instant at) {
    if (works && before.shown(at) == KeyState.COOLING) {
      changes.said(before.coolingUntil(null), "rested", at);
    }
    changes.validated(works ? before.coolingUntil(null) : before, at);
  }
}

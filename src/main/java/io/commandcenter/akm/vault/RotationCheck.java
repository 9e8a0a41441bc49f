package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.core.keys.RotationEvent;
import io.commandcenter.akm.core.keys.RotationState;
import io.commandcenter.akm.provider.Upstream;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.store.RotationRow;
import io.commandcenter.akm.vault.RunningRotations.Live;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a provider, free of charge, about a new version that no request has used yet. */
final class RotationCheck {
  private static final Logger log = LoggerFactory.getLogger(RotationCheck.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final KeyStore keys;
  private final AuditStore audit;
  private final Custody custody;
  private final Providers providers;
  private final Upstream upstream;
  private final RotationSteps steps;
  private final Clock clock;

  RotationCheck(VaultTools tools, RotationSteps steps) {
    keys = tools.keys();
    audit = tools.audit();
    custody = tools.custody();
    providers = tools.providers();
    upstream = tools.setup().upstream();
    this.steps = steps;
    clock = tools.clock();
  }

  /** The rotation with the provider's verdict. */
  Future<RotationRow> check(Live live, String by) {
    var row = live.row();
    if (row.state() != RotationState.VALIDATING) {
      return Future.succeededFuture(row);
    }
    return keys.find(row.keyId())
        .map(found -> found.orElseThrow(KeyViews::unknown))
        .compose(
            key ->
                verdict(key, row, by)
                    .map(Optional::of)
                    .recover(RotationCheck::unreadable)
                    .compose(
                        verdict -> {
                          if (verdict.isEmpty()) {
                            return undone(live);
                          }
                          var now = clock.instant();
                          boolean inUse = key.state().at(now, key.expiresAt()) == KeyState.ACTIVE;
                          var checked =
                              new RotationEvent.Checked(verdict.get(), inUse, key.expiresAt());
                          return steps.step(live, checked, by);
                        }));
  }

  private Future<String> verdict(KeyRow key, RotationRow row, String by) {
    var endpoint = providers.endpoint(key.provider());
    int version = row.rotation().to();
    var lent =
        KeyViews.detail(key)
            .with(Field.VERSION, version)
            .with(Field.ROTATION, row.id())
            .with(Field.REASON, "validate");
    return keys.version(key.id(), version)
        .map(found -> custody.open(key, found.orElseThrow(KeyViews::changedMeanwhile)))
        .compose(
            secret ->
                audit
                    .append(AuditEntry.ok(clock.instant(), by, Action.KEY_LEASE, key.id(), lent))
                    .compose(noted -> upstream.check(endpoint, secret, TIMEOUT))
                    .map(Upstream.KeyVerdict::outcome)
                    .eventually(() -> wiped(secret)));
  }

  private static Future<Void> wiped(Secret secret) {
    secret.close();
    return Future.succeededFuture();
  }

  private static Future<Optional<String>> unreadable(Throwable cause) {
    return cause instanceof Failure
        ? Future.succeededFuture(Optional.empty())
        : Future.failedFuture(cause);
  }

  /** What cannot be opened or asked about is not tried on anybody's request. */
  private Future<RotationRow> undone(Live live) {
    log.warn("the new version of {} could not be opened", live.row().keyId());
    return steps.step(live, new RotationEvent.Cancelled("unreadable"), "akm");
  }
}

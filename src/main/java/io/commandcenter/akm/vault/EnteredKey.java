package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.EntryCalls;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.Upstream;
import io.commandcenter.akm.provider.Upstream.KeyVerdict;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.KeyLifeStore;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a key that a person entered is one for this provider, by its form and by asking. */
final class EnteredKey {
  static final Duration TIMEOUT = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(EnteredKey.class);
  private static final Set<String> NOT_TAKEN = Set.of("invalid", "expired");
  private static final KeyVerdict NO_ANSWER =
      new KeyVerdict("network", 0, "The provider did not answer in time.");

  private final KeyStore keys;
  private final KeyLifeStore lives;
  private final Custody custody;
  private final KeyChanges changes;
  private final Providers providers;
  private final Upstream upstream;
  private final Clock clock;
  private final Duration timeout;

  /**
   * @param timeout of asking the provider
   */
  EnteredKey(VaultTools tools, Duration timeout) {
    keys = tools.keys();
    lives = tools.lives();
    custody = tools.custody();
    changes = tools.changes();
    providers = tools.providers();
    upstream = tools.setup().upstream();
    clock = tools.clock();
    this.timeout = timeout;
  }

  String fingerprint(Secret secret) {
    return custody.fingerprint(secret);
  }

  /** A known form that belongs to another protocol is most likely a slip; a person may insist. */
  void refuseOtherProviders(String provider, Secret secret) {
    var protocol = providers.endpoint(provider).protocol();
    KeyText.protocol(secret)
        .filter(other -> protocol != null && !other.equals(protocol.family()))
        .ifPresent(
            other -> {
              throw new Failure(
                      Code.CONFLICT,
                      "this has the form of a key for "
                          + other
                          + ", not of one for "
                          + provider
                          + "; enter the right one, or have it stored anyway")
                  .with(EntryCalls.MAY_STORE_ANYWAY, true);
            });
  }

  /** Asks the provider, free of charge and not for longer than the timeout; never fails. */
  Future<KeyVerdict> ask(String provider, Secret secret) {
    return upstream
        .check(providers.endpoint(provider), secret, timeout)
        // The upstream has this deadline too; a form must not hang if it ever misses it.
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(NO_ANSWER);
  }

  static boolean isTaken(KeyVerdict verdict) {
    return !NOT_TAKEN.contains(verdict.outcome());
  }

  static Failure refusal(KeyVerdict verdict) {
    return Failure.badRequest(
        "expired".equals(verdict.outcome())
            ? "the provider says that this key has expired; make a new one there"
            : "the provider does not take this key; copy it once more, or make a new one there");
  }

  /** Writes down that the provider answered; the key is sealed whether or not that succeeds. */
  Future<KeyInfo> noted(KeyInfo sealed, EntryPage page, KeyVerdict verdict) {
    if (!verdict.reachable()) {
      return Future.succeededFuture(sealed);
    }
    return keys.find(sealed.keyId())
        .map(found -> found.orElseThrow(KeyViews::unknown))
        .compose(key -> validated(key, page, verdict))
        .onFailure(cause -> log.warn("the check of {} could not be noted", sealed.keyId(), cause))
        .otherwise(sealed);
  }

  private Future<KeyInfo> validated(KeyRow key, EntryPage page, KeyVerdict verdict) {
    var now = clock.instant();
    var detail = KeyViews.detail(key).with(Field.REASON, verdict.outcome());
    var entry = AuditEntry.ok(now, page.ask().by(), Action.KEY_VALIDATE, key.id(), detail);
    return lives
        .validated(key, verdict.outcome().equals("valid"), entry)
        .map(
            done -> {
              changes.validated(key, now);
              return KeyViews.info(key.validatedAt(now), now);
            });
  }
}

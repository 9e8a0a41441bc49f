package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.ShareCalls.ShareKey;
import io.commandcenter.akm.contract.ShareCalls.SharedKey;
import io.commandcenter.akm.contract.ShareCalls.UnwrapKey;
import io.commandcenter.akm.contract.ShareCalls.UnwrappedKey;
import io.commandcenter.akm.core.crypto.HashedToken;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.crypto.WrapToken;
import io.commandcenter.akm.core.keys.KeyPurpose;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.store.DenialLog;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyStore;
import io.commandcenter.akm.vault.Shares.Share;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;

/**
 * Hands leases of keys to other services: a wrapped token first, and for that, once, the key. The
 * key goes out only after its audit row is durable.
 */
final class Sharing {
  private static final int DENIALS_PER_MINUTE = 60;
  private static final String UNKNOWN = "-";

  private final Shares shares;
  private final KeyStore keys;
  private final KeyLife life;
  private final EnvironmentKeys environment;
  private final Lending lending;
  private final Notices notices;
  private final AuditStore audit;
  private final DenialLog denials;
  private final Clock clock;

  Sharing(VaultTools tools) {
    shares = new Shares(tools.random());
    keys = tools.keys();
    life = tools.life();
    environment = tools.environmentKeys();
    lending = tools.lending();
    notices = tools.notices();
    audit = tools.audit();
    clock = tools.clock();
    denials = new DenialLog(audit, clock, DENIALS_PER_MINUTE);
  }

  Future<SharedKey> share(ShareKey ask) {
    Plain.noKeyIn(ask.keyId(), ask.forToken(), ask.by());
    return find(ask.keyId())
        .compose(
            key -> {
              try {
                refuseUnlessShared(key);
              } catch (Failure refused) {
                var detail = KeyViews.detail(key).with(Field.REASON, refused.code().slug());
                denials.denied(ask.by(), Action.KEY_SHARE, key.id(), detail);
                throw refused;
              }
              return given(ask, key);
            });
  }

  private Future<SharedKey> given(ShareKey ask, KeyRow key) {
    var made = shares.make(ask, clock.instant());
    var share = made.share();
    return audit
        .append(
            AuditEntry.ok(
                clock.instant(), ask.by(), Action.KEY_SHARE, key.id(), detail(share, key)))
        .onFailure(unwritten -> shares.forget(share))
        .map(
            noted ->
                new SharedKey(
                    share.id(),
                    made.wrapToken(),
                    key.id(),
                    key.provider(),
                    key.label(),
                    ask.forToken(),
                    share.expiresAt()));
  }

  Future<UnwrappedKey> unwrap(UnwrapKey ask) {
    Plain.noKeyIn(ask.by());
    try (var token = ask.wrapToken()) {
      if (!WrapToken.wellFormed(token)) {
        throw denied(
            ask, UNKNOWN, "malformed", Code.BAD_REQUEST, "this is no wrap token; check it");
      }
      return shares
          .find(HashedToken.of(token))
          .map(share -> unwrap(ask, share))
          .orElseThrow(
              () ->
                  denied(
                      ask,
                      UNKNOWN,
                      "unknown",
                      Code.GONE,
                      "this wrap token was used or has expired; ask for a new one"));
    }
  }

  private Future<UnwrappedKey> unwrap(UnwrapKey ask, Share share) {
    var keyId = share.ask().keyId();
    return switch (shares.take(share, ask.by(), clock.instant())) {
      case TAKEN ->
          find(keyId)
              .compose(key -> release(ask, share, key))
              .onFailure(cause -> notReleased(ask, share, cause));
      case NOT_YOURS ->
          misused(
              share,
              denied(
                  ask,
                  keyId,
                  "other-principal",
                  Code.FORBIDDEN,
                  "this wrap token is for another principal; ask for one of your own"));
      case USED_BEFORE ->
          misused(
              share,
              denied(
                  ask,
                  keyId,
                  "used-before",
                  Code.GONE,
                  "this wrap token was used before; if that was not you, end the key"));
      case EXPIRED ->
          Future.failedFuture(
              denied(
                  ask,
                  keyId,
                  "expired",
                  Code.GONE,
                  "this wrap token has expired; ask for a new one"));
    };
  }

  private void notReleased(UnwrapKey ask, Share share, Throwable cause) {
    shares.giveBack(share);
    if (cause instanceof Failure failure) {
      denied(ask, share.ask().keyId(), failure.code().slug(), failure.code(), failure.detail());
    }
  }

  private Future<UnwrappedKey> release(UnwrapKey ask, Share share, KeyRow key) {
    refuseUnlessShared(key);
    var now = clock.instant();
    var entry = AuditEntry.ok(now, ask.by(), Action.KEY_UNWRAP, key.id(), detail(share, key));
    return plaintext(key)
        .compose(
            secret ->
                noted(key, entry)
                    .compose(
                        noted -> {
                          if (noted) {
                            return Future.succeededFuture(lease(share, key, secret, now));
                          }
                          secret.close();
                          return Future.failedFuture(KeyViews.changedMeanwhile());
                        }));
  }

  /** It never outlives its key. */
  private static UnwrappedKey lease(Share share, KeyRow key, Secret secret, Instant now) {
    var end = now.plusSeconds(share.ask().ttlSeconds());
    var expires = key.expiresAt() != null && key.expiresAt().isBefore(end) ? key.expiresAt() : end;
    return new UnwrappedKey(key.id(), key.provider(), key.version(), secret, expires);
  }

  private Future<Boolean> noted(KeyRow key, AuditEntry entry) {
    return EnvironmentKeys.holds(key.id())
        ? audit.append(entry).map(true)
        : keys.release(key, entry);
  }

  /** A copy of its own: whoever unwraps wipes it. */
  private Future<Secret> plaintext(KeyRow key) {
    return EnvironmentKeys.holds(key.id())
        ? environment.plaintext(key).map(secret -> secret.use(Secret::of))
        : lending.plaintext(key);
  }

  private Future<KeyRow> find(String keyId) {
    return EnvironmentKeys.holds(keyId) ? environment.find(keyId) : life.find(keyId);
  }

  /** At both ends: what became of the key since it was shared counts. */
  private void refuseUnlessShared(KeyRow key) {
    var now = clock.instant();
    KeyViews.refuseUnlessActive(key, now);
    if (KeyViews.info(key, now).frozen()) {
      throw new Failure(Code.CONFLICT, "the key is frozen; thaw it or use another");
    }
    if (key.about().purpose() != KeyPurpose.INFERENCE) {
      throw new Failure(
          Code.CONFLICT,
          "a " + key.about().purpose().slug() + " key is never shared; use one for requests");
    }
  }

  /** Somebody has a token that was not meant for them, or twice: people must hear of it. */
  private Future<UnwrappedKey> misused(Share share, Failure refusal) {
    var detail =
        AuditDetail.NONE.with(Field.SHARE, share.id()).with(Field.REASON, refusal.code().slug());
    return notices
        .raise(
            "wrap-misused", share.ask().keyId(), share.id() + "/" + refusal.code().slug(), detail)
        .transform(told -> Future.failedFuture(refusal));
  }

  private Failure denied(
      UnwrapKey ask, String keyId, String reason, Code code, String explanation) {
    denials.denied(ask.by(), Action.KEY_UNWRAP, keyId, AuditDetail.NONE.with(Field.REASON, reason));
    return new Failure(code, explanation);
  }

  private static AuditDetail detail(Share share, KeyRow key) {
    return KeyViews.detail(key)
        .with(Field.SHARE, share.id())
        .with(Field.FOR, share.ask().forToken());
  }
}

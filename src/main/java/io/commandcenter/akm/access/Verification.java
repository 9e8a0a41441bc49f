package io.commandcenter.akm.access;

import io.commandcenter.akm.contract.AccessCalls.VerifyToken;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.core.crypto.BearerToken;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.DenialLog;
import io.commandcenter.akm.store.TokenRow;
import io.commandcenter.akm.store.TokenStore;
import io.commandcenter.akm.store.TokenStore.Found;
import io.vertx.core.Future;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Tells who a bearer token is. The stored HMAC is found by its index and compared once more. */
final class Verification {
  private static final String NOBODY = "-";

  private final TokenStore store;
  private final Keyring keyring;
  private final Optional<AdminToken> admin;
  private final Admissions admissions;
  private final DenialLog denials;
  private final Clock clock;
  private final Map<String, Instant> lastUse = new ConcurrentHashMap<>();

  Verification(
      TokenStore store,
      Keyring keyring,
      Optional<AdminToken> admin,
      Admissions admissions,
      DenialLog denials,
      Clock clock) {
    this.store = store;
    this.keyring = keyring;
    this.admin = admin;
    this.admissions = admissions;
    this.denials = denials;
    this.clock = clock;
  }

  Future<Principal> verify(VerifyToken ask) {
    if (admin.isPresent() && admin.get().is(ask.token())) {
      return admissions.note(AdminToken.PRINCIPAL);
    }
    if (!BearerToken.wellFormed(ask.token())) {
      throw denied(NOBODY, "malformed", "the bearer token is not a token of akm; check it");
    }
    var mac = keyring.tokenMac(ask.token());
    return store.findMac(mac).map(found -> admit(found, mac)).compose(admissions::note);
  }

  private Principal admit(Optional<Found> found, byte[] mac) {
    var known =
        found
            .filter(candidate -> MessageDigest.isEqual(candidate.mac(), mac))
            .orElseThrow(
                () -> denied(NOBODY, "unknown", "the bearer token is not known here; check it"));
    var now = clock.instant();
    var token = known.token();
    if (known.endsAt() != null && !now.isBefore(known.endsAt())) {
      throw denied(token.id(), "rotated", "the bearer token was rotated; send its new secret");
    }
    refuseEnded(known.chain(), now);
    lastUse.put(token.id(), now);
    return new Principal(
        token.id(),
        token.name(),
        token.scope(),
        token.parentId() != null,
        Grants.of(known.chain()));
  }

  /** Whoever ends an ancestor ends its descendants: they need not be marked themselves. */
  private void refuseEnded(List<TokenRow> chain, Instant now) {
    var token = chain.get(0);
    for (var row : chain) {
      var state = Desk.state(row, now);
      if (!state.equals("active")) {
        var own = row == token;
        throw denied(
            token.id(),
            own ? state : "parent-" + state,
            "the bearer token" + (own ? "" : "'s parent") + " is " + state + "; ask for a new one");
      }
    }
    var eldest = chain.get(chain.size() - 1).parentId();
    if (eldest != null && !admin.map(a -> a.parentId(keyring).equals(eldest)).orElse(false)) {
      throw denied(
          token.id(), "parent-revoked", "the bearer token's parent is revoked; ask for a new one");
    }
  }

  private Failure denied(String tokenId, String reason, String detail) {
    denials.denied(
        tokenId, Action.AUTH_DENIED, tokenId, AuditDetail.NONE.with(Field.REASON, reason));
    return new Failure(Code.UNAUTHENTICATED, detail);
  }

  /** Writes down when tokens were last used: one commit for many requests. */
  Future<Void> writeLastUse() {
    var uses = Map.copyOf(lastUse);
    if (uses.isEmpty()) {
      return Future.succeededFuture();
    }
    // A use that came meanwhile stays for the next time.
    return store.used(uses).onSuccess(written -> uses.forEach(lastUse::remove));
  }
}

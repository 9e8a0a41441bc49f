package io.commandcenter.akm.access;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.AccessCalls.ListTokens;
import io.commandcenter.akm.contract.AccessCalls.MintToken;
import io.commandcenter.akm.contract.AccessCalls.MintedToken;
import io.commandcenter.akm.contract.AccessCalls.RevokeToken;
import io.commandcenter.akm.contract.AccessCalls.TokenInfo;
import io.commandcenter.akm.contract.AccessCalls.TokenList;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.core.crypto.BearerToken;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.core.keys.KeyShape;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.TokenRow;
import io.commandcenter.akm.store.TokenStore;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;

/** Makes tokens, lists them and ends them. */
final class Tokens {
  private final Bus bus;
  private final TokenStore store;
  private final Keyring keyring;
  private final Clock clock;
  private final SecureRandom random;

  Tokens(Bus bus, TokenStore store, Keyring keyring, Clock clock, SecureRandom random) {
    this.bus = bus;
    this.store = store;
    this.keyring = keyring;
    this.clock = clock;
    this.random = random;
  }

  Future<MintedToken> mint(MintToken ask) {
    if (ask.by() == null) {
      throw Failure.badRequest("`by` is required");
    }
    var scope = Scope.ofSlug(ask.scope());
    if (!ask.by().scope().includes(scope)) {
      throw new Failure(
          Code.FORBIDDEN,
          "a token cannot make one above its own scope, which is " + ask.by().scope().slug());
    }
    if (ask.expiresAt() != null && !ask.expiresAt().isAfter(clock.instant())) {
      throw Failure.badRequest("`expires_at` must be in the future");
    }
    refuseKeys(ask.name());
    return add(
        ask.name(), scope, ask.expiresAt(), ask.by().id(), BearerToken.mint(scope.slug(), random));
  }

  /** Stores a token's HMAC; the token goes back to whoever asked, and nowhere else. */
  Future<MintedToken> add(String name, Scope scope, Instant expiresAt, String by, String token) {
    var now = clock.instant();
    var id = RandomId.of("tok_", random);
    var row = new TokenRow(id, name, scope, keyring.tokenMac(token), now, expiresAt, null, null);
    var detail = AuditDetail.NONE.with(Field.NAME, name).with(Field.SCOPE, scope.slug());
    return store
        .add(row, AuditEntry.ok(now, by, Action.TOKEN_MINT, id, detail))
        .onSuccess(added -> changed(id, "minted"))
        .map(added -> new MintedToken(id, name, scope.slug(), expiresAt, token));
  }

  Future<TokenList> list(ListTokens ask) {
    var now = clock.instant();
    return store
        .list()
        .map(rows -> new TokenList(rows.stream().map(row -> info(row, now)).toList()));
  }

  Future<TokenInfo> revoke(RevokeToken ask) {
    refuseKeys(ask.by());
    if (AdminToken.PRINCIPAL.id().equals(ask.tokenId())) {
      throw new Failure(
          Code.CONFLICT, "this token lives in the server's environment; change it there");
    }
    return find(ask.tokenId()).compose(row -> revoke(row, ask.by()));
  }

  private Future<TokenInfo> revoke(TokenRow row, String by) {
    var now = clock.instant();
    var detail =
        AuditDetail.NONE.with(Field.NAME, row.name()).with(Field.SCOPE, row.scope().slug());
    return store
        .revoke(row.id(), AuditEntry.ok(now, by, Action.TOKEN_REVOKE, row.id(), detail))
        .compose(
            revoked -> {
              if (!revoked) {
                throw new Failure(Code.CONFLICT, "this token was revoked before");
              }
              changed(row.id(), "revoked");
              return find(row.id()).map(after -> info(after, now));
            });
  }

  private Future<TokenRow> find(String id) {
    return store
        .find(id)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        Failure.notFound("no token has this id; list the tokens, then name one")));
  }

  private void changed(String id, String change) {
    bus.publish(Facts.TOKEN_CHANGED, new Facts.TokenChanged(id, change));
  }

  private static TokenInfo info(TokenRow row, Instant now) {
    return new TokenInfo(
        row.id(),
        row.name(),
        row.scope().slug(),
        state(row, now),
        row.createdAt(),
        row.expiresAt(),
        row.lastUsedAt());
  }

  /** active, expired or revoked. */
  static String state(TokenRow row, Instant now) {
    if (row.revokedAt() != null) {
      return "revoked";
    }
    return row.expiresAt() != null && !now.isBefore(row.expiresAt()) ? "expired" : "active";
  }

  private static void refuseKeys(String argument) {
    if (KeyShape.looksLikeKey(argument)) {
      throw new Failure(
          Code.KEY_IN_ARGUMENT, "an argument looks like a key; treat that key as burned");
    }
  }
}

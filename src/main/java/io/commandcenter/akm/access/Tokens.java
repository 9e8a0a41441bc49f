package io.commandcenter.akm.access;

import io.commandcenter.akm.contract.AccessCalls.MintToken;
import io.commandcenter.akm.contract.AccessCalls.MintedToken;
import io.commandcenter.akm.contract.AccessCalls.RevokeToken;
import io.commandcenter.akm.contract.AccessCalls.RotateToken;
import io.commandcenter.akm.contract.AccessCalls.RotatedToken;
import io.commandcenter.akm.contract.AccessCalls.TokenInfo;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.TokenLimits;
import io.commandcenter.akm.core.crypto.BearerToken;
import io.commandcenter.akm.core.crypto.RandomId;
import io.commandcenter.akm.store.AuditDetail;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.store.TokenChanges.Ended;
import io.commandcenter.akm.store.TokenRow;
import io.vertx.core.Future;
import java.time.Instant;

/** Makes tokens, gives them new secrets, and ends them. */
final class Tokens {
  private final Desk desk;
  private final TokenViews views;

  Tokens(Desk desk, TokenViews views) {
    this.desk = desk;
    this.views = views;
  }

  Future<MintedToken> mint(MintToken ask) {
    if (ask.by() == null) {
      throw Failure.badRequest("`by` is required");
    }
    if (!ask.by().free()) {
      throw new Failure(
          Code.FORBIDDEN, "this token has limits or a parent of its own; it makes children only");
    }
    var scope = Scope.ofSlug(ask.scope());
    if (!ask.by().scope().includes(scope)) {
      throw new Failure(
          Code.FORBIDDEN,
          "a token cannot make one above its own scope, which is " + ask.by().scope().slug());
    }
    if (ask.expiresAt() != null && !ask.expiresAt().isAfter(desk.now())) {
      throw Failure.badRequest("`expires_at` must be in the future");
    }
    Desk.refuseKeys(ask.name());
    return add(
        new Issue(ask.name(), scope, ask.expiresAt(), null, ask.limits(), ask.by().id()),
        BearerToken.mint(scope.slug(), desk.random()));
  }

  /** Without limits. */
  Future<MintedToken> add(String name, Scope scope, String by, String token) {
    return add(new Issue(name, scope, null, null, TokenLimits.NONE, by), token);
  }

  /** Stores a token's HMAC; the token goes back to whoever asked, and nowhere else. */
  private Future<MintedToken> add(Issue issue, String token) {
    var row = row(desk, issue, token);
    return desk.store()
        .changes()
        .add(row, entry(row, issue.by(), Action.TOKEN_MINT, null))
        .onSuccess(added -> desk.changed(row.id(), "minted"))
        .map(added -> issue.minted(row.id(), token));
  }

  static TokenRow row(Desk desk, Issue issue, String token) {
    return new TokenRow(
        RandomId.of("tok_", desk.random()),
        issue.name(),
        issue.scope(),
        desk.keyring().tokenMac(token),
        desk.now(),
        issue.expiresAt(),
        null,
        null,
        issue.parentId(),
        issue.limits());
  }

  Future<RotatedToken> rotate(RotateToken ask) {
    if (ask.by() == null) {
      throw Failure.badRequest("`by` is required");
    }
    return desk.reach(ask.tokenId(), ask.by().reach()).compose(chain -> rotate(chain.get(0), ask));
  }

  private Future<RotatedToken> rotate(TokenRow row, RotateToken ask) {
    var state = Desk.state(row, desk.now());
    if (!state.equals("active")) {
      throw new Failure(Code.CONFLICT, "this token is " + state + "; make a new one");
    }
    var token = BearerToken.mint(row.scope().slug(), desk.random());
    var oldEnds = desk.now().plusSeconds(ask.overlapSeconds());
    return desk.store()
        .changes()
        .rotate(
            row,
            desk.keyring().tokenMac(token),
            oldEnds,
            entry(row, ask.by().id(), Action.TOKEN_ROTATE, null))
        .map(
            rotated -> {
              if (!rotated) {
                throw new Failure(
                    Code.CONFLICT, "this token was rotated or revoked at the same moment");
              }
              desk.changed(row.id(), "rotated");
              return new RotatedToken(row.id(), row.name(), oldEnds, token);
            });
  }

  Future<TokenInfo> revoke(RevokeToken ask) {
    Desk.refuseKeys(ask.by());
    return desk.reach(ask.tokenId(), ask.within())
        .compose(chain -> revoke(chain.get(0), ask.by(), desk.now()));
  }

  private Future<TokenInfo> revoke(TokenRow row, String by, Instant now) {
    return desk.store()
        .changes()
        .revokeTree(row.id(), now, ended -> ended(ended, row.id(), by, now))
        .compose(
            ended -> {
              if (ended.isEmpty()) {
                throw new Failure(Code.CONFLICT, "this token was revoked before");
              }
              ended.forEach(each -> desk.changed(each.id(), "revoked"));
              return desk.store().find(row.id());
            })
        .compose(after -> views.info(after.orElseThrow()));
  }

  private static AuditEntry ended(Ended token, String root, String by, Instant now) {
    var detail =
        AuditDetail.NONE
            .with(Field.NAME, token.name())
            .with(Field.SCOPE, token.scope().slug())
            // The token whose end ended it.
            .with(Field.PARENT, token.id().equals(root) ? null : root);
    return AuditEntry.ok(now, by, Action.TOKEN_REVOKE, token.id(), detail);
  }

  private AuditEntry entry(TokenRow row, String by, Action action, String parent) {
    return entry(desk, row, by, action, parent);
  }

  static AuditEntry entry(Desk desk, TokenRow row, String by, Action action, String parent) {
    var detail =
        AuditDetail.NONE
            .with(Field.NAME, row.name())
            .with(Field.SCOPE, row.scope().slug())
            .with(Field.PARENT, parent);
    return AuditEntry.ok(desk.now(), by, action, row.id(), detail);
  }
}

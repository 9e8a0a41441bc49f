package io.commandcenter.akm.access;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.keys.KeyShape;
import io.commandcenter.akm.store.TokenRow;
import io.commandcenter.akm.store.TokenStore;
import io.vertx.core.Future;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the life of tokens needs: the store, the time, and who may touch which token. */
record Desk(
    Bus bus,
    TokenStore store,
    Keyring keyring,
    Optional<AdminToken> admin,
    Clock clock,
    SecureRandom random) {

  Instant now() {
    return clock.instant();
  }

  void changed(String id, String change) {
    bus.publish(Facts.TOKEN_CHANGED, new Facts.TokenChanged(id, change));
  }

  /**
   * The token and its ancestors, itself first. A token out of reach is not found: that it exists is
   * nobody else's business.
   *
   * @param within the token whose descendants, and itself, are in reach; null for all
   */
  Future<List<TokenRow>> reach(String id, String within) {
    if (AdminToken.PRINCIPAL.id().equals(id)) {
      throw new Failure(
          Code.CONFLICT, "this token lives in the server's environment; change it there");
    }
    return store
        .chain(id)
        .map(
            chain -> {
              var inReach =
                  within == null || chain.stream().anyMatch(token -> token.id().equals(within));
              if (chain.isEmpty() || !inReach) {
                throw Failure.notFound("no token has this id; list the tokens, then name one");
              }
              return chain;
            });
  }

  /** active, expired or revoked. */
  static String state(TokenRow row, Instant now) {
    if (row.revokedAt() != null) {
      return "revoked";
    }
    return row.expiresAt() != null && !now.isBefore(row.expiresAt()) ? "expired" : "active";
  }

  static void refuseKeys(String argument) {
    if (KeyShape.looksLikeKey(argument)) {
      throw new Failure(
          Code.KEY_IN_ARGUMENT, "an argument looks like a key; treat that key as burned");
    }
  }
}

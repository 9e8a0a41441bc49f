package io.commandcenter.akm.access;

import io.commandcenter.akm.contract.AccessCalls.MintedToken;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.TokenLimits;
import java.time.Instant;

/**
 * A token that is to be made.
 *
 * @param parentId null if it is nobody's child
 */
record Issue(
    String name, Scope scope, Instant expiresAt, String parentId, TokenLimits limits, String by) {

  MintedToken minted(String id, String token) {
    return new MintedToken(
        id, name, scope.slug(), expiresAt, AdminToken.shownId(parentId), limits, token);
  }
}

package io.commandcenter.akm.contract;

import io.commandcenter.akm.core.grants.Grant;

/**
 * Who makes a call.
 *
 * @param id the token's id, for example {@code tok_…}; never the token
 * @param leased whether it is another token's child
 * @param grant what it may do on the request path
 */
public record Principal(String id, String name, Scope scope, boolean leased, Grant grant) {
  public Principal {
    grant = grant == null ? Grant.ALL : grant;
  }

  /** Without limits, and nobody's child. */
  public Principal(String id, String name, Scope scope) {
    this(id, name, scope, false, Grant.ALL);
  }

  /**
   * Whether its scope is all that limits it: only then may it make tokens that are nobody's child,
   * or a limited admin token could give itself an unlimited one.
   */
  public boolean free() {
    return !leased && !grant.limits();
  }

  /**
   * Which tokens it may see, rotate and end: null for all, if its scope is admin and nothing else
   * limits it; else the id of its own, whose descendants are in reach too.
   */
  public String reach() {
    return scope == Scope.ADMIN && free() ? null : id;
  }
}

package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AccessCalls.CheckPrincipal;
import io.commandcenter.akm.contract.AccessCalls.PrincipalState;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Future;

/** Whether who asked for something may still have it done. */
final class Askers {
  private static final String TOKEN = "tok_";

  private final Asking bus;

  Askers(Asking bus) {
    this.bus = bus;
  }

  /** Whether this token is in force and of scope operator or above; fails if nobody can tell. */
  Future<Boolean> inForce(String by) {
    return bus.ask(AccessCalls.CHECK_PRINCIPAL, new CheckPrincipal(by))
        .map(state -> mayPutKeysIn(by, state));
  }

  private static boolean mayPutKeysIn(String by, PrincipalState state) {
    if (!state.known()) {
      // A service of the bus has no token; whoever can join the cluster is trusted.
      return !by.startsWith(TOKEN);
    }
    return state.active() && Scope.ofSlug(state.scope()).includes(Scope.OPERATOR);
  }
}

package io.commandcenter.akm.access;

import io.commandcenter.akm.contract.AccessCalls.CheckPrincipal;
import io.commandcenter.akm.contract.AccessCalls.PrincipalState;
import io.commandcenter.akm.store.TokenRow;
import io.commandcenter.akm.store.TokenStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;

/** Tells whether who began something earlier may still finish it. */
final class PrincipalCheck {
  private static final PrincipalState UNKNOWN = new PrincipalState(false, false, null);

  private final TokenStore store;
  private final Optional<AdminToken> admin;
  private final Clock clock;

  PrincipalCheck(TokenStore store, Optional<AdminToken> admin, Clock clock) {
    this.store = store;
    this.admin = admin;
    this.clock = clock;
  }

  Future<PrincipalState> check(CheckPrincipal ask) {
    var environment = AdminToken.PRINCIPAL;
    return ask.tokenId().equals(environment.id())
        ? Future.succeededFuture(
            new PrincipalState(true, admin.isPresent(), environment.scope().slug()))
        : store.find(ask.tokenId()).map(found -> found.map(this::state).orElse(UNKNOWN));
  }

  private PrincipalState state(TokenRow row) {
    var active = "active".equals(Desk.state(row, clock.instant()));
    return new PrincipalState(true, active, row.scope().slug());
  }
}

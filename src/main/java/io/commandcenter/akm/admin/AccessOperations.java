package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AccessCalls.ListTokens;
import io.commandcenter.akm.contract.AccessCalls.MintToken;
import io.commandcenter.akm.contract.AccessCalls.RevokeToken;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;

/** The operations on tokens. */
final class AccessOperations {
  private final Asking bus;

  AccessOperations(Asking bus) {
    this.bus = bus;
  }

  /** The body of mintToken. */
  record NewToken(String name, String scope, Instant expiresAt) {}

  Map<String, Action> table() {
    return Map.of(
        "listTokens", call -> bus.ask(AccessCalls.LIST, new ListTokens()).map(Answer::ok),
        "mintToken", this::mint,
        "revokeToken", this::revoke);
  }

  private Future<Answer> mint(AdminCall call) {
    var token = Wire.fromJson(call.body(), NewToken.class);
    return bus.ask(
            AccessCalls.MINT,
            new MintToken(token.name(), token.scope(), token.expiresAt(), call.by()))
        .map(Answer::created);
  }

  private Future<Answer> revoke(AdminCall call) {
    return bus.ask(AccessCalls.REVOKE, new RevokeToken(call.inPath("token_id"), call.by().id()))
        .map(Answer::ok);
  }
}

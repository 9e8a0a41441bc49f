package io.commandcenter.akm.admin;

import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.AccessCalls.LeaseToken;
import io.commandcenter.akm.contract.AccessCalls.ListTokens;
import io.commandcenter.akm.contract.AccessCalls.MintToken;
import io.commandcenter.akm.contract.AccessCalls.RevokeToken;
import io.commandcenter.akm.contract.AccessCalls.RotateToken;
import io.commandcenter.akm.contract.AccessCalls.ShowToken;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.TokenLimits;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The operations on tokens. Who is not a free admin reaches its own token and its descendants. */
final class TokenOperations {
  private static final String SELF = "self";

  private final Asking bus;

  TokenOperations(Asking bus) {
    this.bus = bus;
  }

  /** The body of mintToken. */
  record NewToken(
      String name,
      String scope,
      Instant expiresAt,
      List<String> tasks,
      List<String> models,
      List<String> providers,
      Integer requestsPerMinute,
      BigDecimal maxUsd,
      BigDecimal maxUsdPerDay,
      BigDecimal maxUsdPerMonth) {
    TokenLimits limits() {
      return new TokenLimits(
          tasks, models, providers, requestsPerMinute, maxUsd, maxUsdPerDay, maxUsdPerMonth);
    }
  }

  /** The body of leaseToken. */
  record NewChild(
      String name,
      Long ttlSeconds,
      String scope,
      List<String> tasks,
      List<String> models,
      List<String> providers,
      Integer requestsPerMinute,
      BigDecimal maxUsd,
      BigDecimal maxUsdPerDay,
      BigDecimal maxUsdPerMonth) {
    TokenLimits limits() {
      return new TokenLimits(
          tasks, models, providers, requestsPerMinute, maxUsd, maxUsdPerDay, maxUsdPerMonth);
    }
  }

  /** The body of rotateToken. */
  record Rotation(Long overlapSeconds) {}

  Map<String, Action> table() {
    return Map.of(
        "listTokens", this::list,
        "mintToken", this::mint,
        "leaseToken", this::lease,
        "getToken", this::show,
        "rotateToken", this::rotate,
        "revokeToken", this::revoke);
  }

  private Future<Answer> list(AdminCall call) {
    return bus.ask(AccessCalls.LIST, new ListTokens(call.by().reach())).map(Answer::ok);
  }

  private Future<Answer> mint(AdminCall call) {
    var token = Wire.fromJson(call.body(), NewToken.class);
    return bus.ask(
            AccessCalls.MINT,
            new MintToken(
                token.name(), token.scope(), token.expiresAt(), token.limits(), call.by()))
        .map(Answer::created);
  }

  private Future<Answer> lease(AdminCall call) {
    var child = Wire.fromJson(call.body(), NewChild.class);
    return bus.ask(
            AccessCalls.LEASE,
            new LeaseToken(
                child.name(), child.ttlSeconds(), child.scope(), child.limits(), call.by()))
        .map(Answer::created);
  }

  private Future<Answer> show(AdminCall call) {
    return bus.ask(AccessCalls.SHOW, new ShowToken(id(call), call.by().reach())).map(Answer::ok);
  }

  private Future<Answer> rotate(AdminCall call) {
    var overlap = Wire.fromJson(call.body(), Rotation.class).overlapSeconds();
    return bus.ask(AccessCalls.ROTATE, new RotateToken(id(call), overlap, call.by()))
        .map(Answer::ok);
  }

  private Future<Answer> revoke(AdminCall call) {
    return bus.ask(AccessCalls.REVOKE, new RevokeToken(id(call), call.by().id(), call.by().reach()))
        .map(Answer::ok);
  }

  private static String id(AdminCall call) {
    var id = call.inPath("token_id");
    return id.equals(SELF) ? call.by().id() : id;
  }
}

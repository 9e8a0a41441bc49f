package io.commandcenter.akm.http;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Future;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A stand-in for the access room: one token for each scope. */
public final class Tokens {
  public static final String READ_ONLY = "akm_read-only_r";
  public static final String CLIENT = "akm_client_c";
  public static final String OPERATOR = "akm_operator_o";
  public static final String ADMIN = "akm_admin_a";
  public static final String EXPIRED = "akm_admin_expired";

  public final AtomicInteger asked = new AtomicInteger();
  public final Map<String, Scope> valid =
      new ConcurrentHashMap<>(
          Map.of(
              READ_ONLY, Scope.READ_ONLY,
              CLIENT, Scope.CLIENT,
              OPERATOR, Scope.OPERATOR,
              ADMIN, Scope.ADMIN));

  public Tokens serve(Bus bus) {
    bus.serve(
        AccessCalls.VERIFY,
        request -> {
          asked.incrementAndGet();
          var scope = valid.get(request.token());
          return scope == null
              ? Future.failedFuture(new Failure(Code.UNAUTHENTICATED, "no such token"))
              : Future.succeededFuture(new Principal("tok_" + scope.slug(), scope.slug(), scope));
        });
    return this;
  }

  public static String of(Scope scope) {
    return switch (scope) {
      case READ_ONLY -> READ_ONLY;
      case CLIENT -> CLIENT;
      case OPERATOR -> OPERATOR;
      case ADMIN -> ADMIN;
    };
  }
}

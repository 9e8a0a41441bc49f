package io.commandcenter.akm.http;

import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/**
 * {@code Authorization: Bearer akm_…}, verified by the access room and remembered for seconds.
 *
 * <p>An address with too many failures gets 429 instead of 401, but a valid token always passes:
 * whoever shares the address must not be able to lock its owner out.
 */
final class BearerGate implements Gate {
  private static final int MAX_TOKEN = 256;

  private final Asking bus;
  private final TokenCache cache;
  private final FailureThrottle throttle;

  BearerGate(Asking bus, TokenCache cache, FailureThrottle throttle) {
    this.bus = bus;
    this.cache = cache;
    this.throttle = throttle;
  }

  @Override
  public Handler<RoutingContext> require(Scope scope) {
    return rc ->
        presented(rc)
            .ifPresentOrElse(
                token -> check(rc, token, scope),
                () -> refuse(rc, "Bearer realm=\"akm\"", "send Authorization: Bearer akm_…"));
  }

  private void check(RoutingContext rc, String token, Scope scope) {
    if (token.length() > MAX_TOKEN) {
      denied(rc);
      return;
    }
    var key = TokenCache.keyOf(token);
    cache
        .find(key)
        .ifPresentOrElse(
            principal -> admit(rc, principal, scope),
            () -> {
              var asOf = cache.generation();
              // Paused, or a body that arrives during the verification would be lost.
              rc.request().pause();
              bus.ask(AccessCalls.VERIFY, new AccessCalls.VerifyToken(token))
                  .onSuccess(principal -> cache.put(key, principal, asOf))
                  .onComplete(
                      verified -> {
                        rc.request().resume();
                        if (verified.succeeded()) {
                          admit(rc, verified.result(), scope);
                        } else {
                          unverified(rc, verified.cause());
                        }
                      });
            });
  }

  private void unverified(RoutingContext rc, Throwable cause) {
    if (cause instanceof Failure failure && failure.code() == Code.UNAUTHENTICATED) {
      denied(rc);
    } else {
      rc.fail(cause);
    }
  }

  private void denied(RoutingContext rc) {
    var wait = throttle.failed(rc.request().remoteAddress().hostAddress());
    if (wait.isZero()) {
      refuse(
          rc,
          "Bearer realm=\"akm\", error=\"invalid_token\"",
          "the token is wrong, expired or revoked; send a valid akm token");
    } else {
      rc.fail(
          new Failure(Code.RATE_LIMITED, "too many wrong tokens from this address; wait a minute")
              .with(Failure.RETRY_AFTER_MS, wait.toMillis()));
    }
  }

  private static void refuse(RoutingContext rc, String challenge, String detail) {
    rc.response().putHeader("WWW-Authenticate", challenge);
    rc.fail(new Failure(Code.UNAUTHENTICATED, detail));
  }

  private static void admit(RoutingContext rc, Principal principal, Scope needed) {
    if (principal.scope().includes(needed)) {
      rc.put(Gate.class.getName(), principal);
      rc.next();
      return;
    }
    rc.response()
        .putHeader(
            "WWW-Authenticate",
            "Bearer realm=\"akm\", error=\"insufficient_scope\", scope=\"" + needed.slug() + "\"");
    rc.fail(
        new Failure(
            Code.FORBIDDEN,
            "this needs a token of scope "
                + needed.slug()
                + "; this one is "
                + principal.scope().slug()));
  }

  /** Clients of other dialects name their key otherwise; only the gateway takes that. */
  private static Optional<String> presented(RoutingContext rc) {
    var request = rc.request();
    var header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      return header.regionMatches(true, 0, "Bearer ", 0, 7)
          ? Optional.of(header.substring(7).trim())
          : Optional.empty();
    }
    // The path that routes, not the one that was sent: /v1/../api is not the gateway.
    var path = rc.normalizedPath();
    if (!path.startsWith("/v1/") && !path.startsWith("/v1beta/")) {
      return Optional.empty();
    }
    var key = request.getHeader("x-api-key");
    return Optional.ofNullable(key == null ? request.getHeader("x-goog-api-key") : key);
  }
}

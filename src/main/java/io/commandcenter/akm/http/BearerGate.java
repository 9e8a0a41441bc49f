package io.commandcenter.akm.http;

import io.commandcenter.akm.contract.AccessCalls;
import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.http.oauth.OAuthResource;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code Authorization: Bearer akm_…}, verified by the access room and remembered for seconds; on
 * {@code /mcp} also an OAuth issuer's access token, if one is configured.
 *
 * <p>An address with too many failures gets 429 instead of 401, but a valid token always passes:
 * whoever shares the address must not be able to lock its owner out.
 */
final class BearerGate implements Gate {
  private static final int MAX_TOKEN = 256;

  private final Asking bus;
  private final Doors doors;
  private final Optional<OAuthResource> oauth;

  BearerGate(Asking bus, Doors doors, Optional<OAuthResource> oauth) {
    this.bus = bus;
    this.doors = doors;
    this.oauth = oauth;
  }

  @Override
  public Handler<RoutingContext> require(Scope scope) {
    return rc ->
        presented(rc)
            .ifPresentOrElse(
                token -> check(rc, token, scope),
                () -> refuse(rc, null, "send Authorization: Bearer akm_…"));
  }

  private void check(RoutingContext rc, String token, Scope scope) {
    var resource = oauth(rc).filter(any -> OAuthResource.mayBeOf(token));
    if (resource.isPresent()) {
      verify(rc, token, scope, doors.issued(), () -> principal(resource.get(), token));
    } else if (token.length() > MAX_TOKEN) {
      denied(rc, null);
    } else {
      verify(rc, token, scope, doors.own(), () -> principal(token));
    }
  }

  /** What protects the place that the request goes to, beside this server's own tokens. */
  private Optional<OAuthResource> oauth(RoutingContext rc) {
    return oauth.filter(any -> OAuthResource.covers(rc.normalizedPath()));
  }

  private Future<Principal> principal(String token) {
    return bus.ask(AccessCalls.VERIFY, new AccessCalls.VerifyToken(token));
  }

  /** A token of this server may be any text, so it may have the form of an issuer's. */
  private Future<Principal> principal(OAuthResource resource, String token) {
    return resource
        .principal(token)
        .recover(
            cause ->
                token.length() <= MAX_TOKEN
                    ? principal(token).recover(neither -> Future.failedFuture(cause))
                    : Future.failedFuture(cause));
  }

  private void verify(
      RoutingContext rc,
      String token,
      Scope scope,
      TokenCache cache,
      Supplier<Future<Principal>> verification) {
    var key = TokenCache.keyOf(token);
    cache
        .find(key)
        .ifPresentOrElse(
            principal -> admit(rc, principal, scope),
            () -> {
              var asOf = cache.generation();
              // Paused, or a body that arrives during the verification would be lost.
              rc.request().pause();
              verification
                  .get()
                  .onSuccess(principal -> cache.put(key, principal, asOf))
                  .onComplete(
                      verified -> {
                        rc.request().resume();
                        if (verified.succeeded()) {
                          admit(rc, verified.result(), scope);
                        } else {
                          unverified(rc, verified.cause(), scope);
                        }
                      });
            });
  }

  private void unverified(RoutingContext rc, Throwable cause, Scope needed) {
    if (cause instanceof Failure failure && failure.code() == Code.UNAUTHENTICATED) {
      denied(rc, failure);
      return;
    }
    if (cause instanceof Failure failure && failure.code() == Code.FORBIDDEN) {
      rc.response().putHeader("WWW-Authenticate", insufficient(rc, needed));
    }
    rc.fail(cause);
  }

  /**
   * @param failure null for a token that was not even looked at
   */
  private void denied(RoutingContext rc, Failure failure) {
    var wait = doors.throttle().failed(rc.request().remoteAddress().hostAddress());
    if (wait.isZero()) {
      refuse(
          rc,
          "invalid_token",
          failure != null && oauth(rc).isPresent()
              ? failure.detail()
              : "the token is wrong, expired or revoked; send a valid akm token");
    } else {
      rc.fail(
          new Failure(Code.RATE_LIMITED, "too many wrong tokens from this address; wait a minute")
              .with(Failure.RETRY_AFTER_MS, wait.toMillis()));
    }
  }

  /**
   * @param error null if there was no token
   */
  private void refuse(RoutingContext rc, String error, String detail) {
    var plain = "Bearer realm=\"akm\"" + (error == null ? "" : ", error=\"" + error + "\"");
    rc.response()
        .putHeader(
            "WWW-Authenticate", oauth(rc).map(known -> known.challenge(error)).orElse(plain));
    rc.fail(new Failure(Code.UNAUTHENTICATED, detail));
  }

  private void admit(RoutingContext rc, Principal principal, Scope needed) {
    if (principal.scope().includes(needed)) {
      rc.put(Gate.class.getName(), principal);
      rc.next();
      return;
    }
    rc.response().putHeader("WWW-Authenticate", insufficient(rc, needed));
    rc.fail(
        new Failure(
            Code.FORBIDDEN,
            "this needs a token of scope "
                + needed.slug()
                + "; this one is "
                + principal.scope().slug()));
  }

  private String insufficient(RoutingContext rc, Scope needed) {
    return oauth(rc)
        .map(known -> known.insufficient(needed))
        .orElse(
            "Bearer realm=\"akm\", error=\"insufficient_scope\", scope=\"" + needed.slug() + "\"");
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

package io.commandcenter.akm.http.oauth;

import io.commandcenter.akm.config.OAuthConfig;
import io.commandcenter.akm.config.PublicUrl;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * {@code /mcp} as an OAuth 2.1 resource server: its metadata (RFC 9728), its challenges (RFC 6750)
 * and who a token's bearer is (RFC 9068).
 */
public final class OAuthResource {
  private static final String PATH = "/mcp";
  private static final String METADATA = "/.well-known/oauth-protected-resource";

  private final OAuthConfig config;
  private final PublicUrl url;
  private final IssuerKeys keys;
  private final Clock clock;

  /**
   * @param url known when the first request comes
   * @param nanoTime a clock that only moves forward, in nanoseconds
   */
  public OAuthResource(
      Vertx vertx, OAuthConfig config, PublicUrl url, Clock clock, LongSupplier nanoTime) {
    this.config = config;
    this.url = url;
    this.clock = clock;
    keys = new IssuerKeys(vertx, config, nanoTime);
  }

  /**
   * The metadata, for everybody; with the resource's path and without, as clients look for both.
   */
  public void mount(Router router) {
    for (var path : new String[] {METADATA, METADATA + PATH}) {
      router
          .get(path)
          .handler(
              rc ->
                  rc.response()
                      .putHeader("Content-Type", "application/json")
                      .end(metadata().encode()));
    }
  }

  /** Whether the issuer's tokens are taken there; nowhere else are they. */
  public static boolean covers(String path) {
    return path.equals(PATH) || path.equals(PATH + "/");
  }

  /** Whether a bearer token could be the issuer's. */
  public static boolean mayBeOf(String token) {
    return Jwt.isShaped(token);
  }

  /**
   * Whose token it is. Fails with UNAUTHENTICATED if it is not to be trusted, FORBIDDEN if none of
   * its scopes means anything here, UNAVAILABLE if the issuer's keys were never read.
   */
  public Future<Principal> principal(String token) {
    var parsed = Jwt.parse(token);
    if (parsed.isEmpty()) {
      return refused("the token is no signed access token that could be checked");
    }
    var jwt = parsed.get();
    return keys.of(jwt)
        .compose(key -> key.isEmpty() ? Future.succeededFuture(false) : key.get().signed(jwt))
        .compose(
            signed ->
                signed ? principal(jwt) : refused("the token's signature is not the issuer's"));
  }

  /**
   * A {@code WWW-Authenticate} header for who brought no token or a wrong one.
   *
   * @param error null if there was no token
   */
  public String challenge(String error) {
    // Tools check their own scopes later and cannot ask for more then, so that a client should come
    // with what people usually need.
    return header(error, names(Scope.READ_ONLY, Scope.OPERATOR));
  }

  /** The same for who may not do this. */
  public String insufficient(Scope needed) {
    return header("insufficient_scope", names(needed, needed));
  }

  private Future<Principal> principal(Jwt jwt) {
    var audience = config.audience() == null ? url.of(PATH) : config.audience();
    var fault = Claims.fault(jwt.claims(), config, audience, clock.instant());
    if (fault.isPresent()) {
      return refused(fault.get());
    }
    var id = Subject.id(jwt.claims().getString(config.subjectClaim()));
    return Claims.scope(jwt.claims(), config)
        .map(scope -> Future.succeededFuture(new Principal(id, id, scope)))
        .orElseGet(
            () ->
                Future.failedFuture(
                    new Failure(
                        Code.FORBIDDEN,
                        "the token has none of the scopes that mean something here: "
                            + String.join(", ", config.scopes().keySet()))));
  }

  private JsonObject metadata() {
    return new JsonObject()
        .put("resource", url.of(PATH))
        .put("authorization_servers", new JsonArray().add(config.issuer()))
        .put("scopes_supported", new JsonArray(config.scopes().keySet().stream().toList()))
        .put("bearer_methods_supported", new JsonArray().add("header"))
        .put("resource_name", "API Key Manager");
  }

  private String header(String error, String scopes) {
    return "Bearer realm=\"akm\""
        + (error == null ? "" : ", error=\"" + error + "\"")
        + ", scope=\""
        + scopes
        + "\", resource_metadata=\""
        + url.of(METADATA + PATH)
        + "\"";
  }

  /** The issuer's scopes for these of ours; all if there are none. */
  private String names(Scope from, Scope to) {
    var fitting =
        config.scopes().entrySet().stream()
            .filter(entry -> entry.getValue().includes(from) && to.includes(entry.getValue()))
            .map(Map.Entry::getKey)
            .collect(Collectors.joining(" "));
    return fitting.isEmpty() ? String.join(" ", config.scopes().keySet()) : fitting;
  }

  private static <T> Future<T> refused(String detail) {
    return Future.failedFuture(new Failure(Code.UNAUTHENTICATED, detail));
  }
}

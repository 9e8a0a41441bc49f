package io.commandcenter.akm.http.oauth;

import io.commandcenter.akm.config.OAuthConfig;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/**
 * Where the issuer's keys are: as configured, or as its metadata tells (RFC 8414, OpenID Connect
 * Discovery 1.0).
 */
final class Discovery {
  private static final String OAUTH = "/.well-known/oauth-authorization-server";
  private static final String OPENID = "/.well-known/openid-configuration";

  private final Documents documents;
  private final OAuthConfig config;

  Discovery(Documents documents, OAuthConfig config) {
    this.documents = documents;
    this.config = config;
  }

  Future<URI> jwksUri() {
    return config.jwksUri() == null ? first(places()) : Future.succeededFuture(config.jwksUri());
  }

  /** In the order that MCP's authorization spec names. */
  List<URI> places() {
    var issuer = URI.create(config.issuer());
    var base = issuer.getScheme() + "://" + issuer.getRawAuthority();
    var path = issuer.getRawPath() == null ? "" : issuer.getRawPath().replaceAll("/+$", "");
    return path.isEmpty()
        ? List.of(URI.create(base + OAUTH), URI.create(base + OPENID))
        : List.of(
            URI.create(base + OAUTH + path),
            URI.create(base + OPENID + path),
            URI.create(base + path + OPENID));
  }

  private Future<URI> first(List<URI> places) {
    var rest = places.subList(1, places.size());
    var found = documents.get(places.get(0)).compose(this::keysOf);
    return rest.isEmpty() ? found : found.recover(none -> first(rest));
  }

  private Future<URI> keysOf(JsonObject metadata) {
    // Else the metadata of one issuer could vouch for another (RFC 8414, 3.3).
    if (!config.issuer().equals(metadata.getValue("issuer"))) {
      return failed("the metadata names another issuer");
    }
    try {
      var uri = new URI(String.valueOf(metadata.getValue("jwks_uri")));
      boolean as = "https".equals(uri.getScheme()) || isOnIssuersHost(uri);
      return as && uri.getHost() != null
          ? Future.succeededFuture(uri)
          : failed("the metadata's jwks_uri is no https URL");
    } catch (URISyntaxException e) {
      return failed("the metadata's jwks_uri is no https URL");
    }
  }

  /** An issuer on loopback may use http, as it does itself. */
  private boolean isOnIssuersHost(URI uri) {
    var issuer = URI.create(config.issuer());
    return "http".equals(uri.getScheme())
        && "http".equals(issuer.getScheme())
        && issuer.getHost().equals(uri.getHost());
  }

  private static Future<URI> failed(String reason) {
    return Future.failedFuture(new IllegalStateException(reason));
  }
}

package io.commandcenter.akm.config;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Scope;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The {@code auth.oauth} section. */
final class OAuthReader {
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  /** RFC 6749, appendix A.4. */
  private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,128}");

  private static final Pattern CLAIM = Pattern.compile("[A-Za-z0-9_:/.-]{1,128}");

  private OAuthReader() {}

  /** Null if no issuer is named. */
  static OAuthConfig read(Section auth) {
    var s = auth.section("oauth");
    auth.end();
    // As it is: tokens are compared with it to the letter, a trailing slash included.
    var issuer = s.text("issuer");
    var jwksUri = s.text("jwks_uri");
    var claim = s.text("subject_claim", "sub");
    if (!CLAIM.matcher(claim).matches()) {
      s.fault("subject_claim", "must be the name of a claim");
    }
    var config =
        new OAuthConfig(
            issuer,
            s.text("audience"),
            jwksUri == null ? null : trusted(s, "jwks_uri", jwksUri),
            claim,
            scopes(s.section("scopes")));
    s.end();
    if (issuer == null) {
      return null;
    }
    trusted(s, "issuer", issuer);
    if (config.scopes().isEmpty()) {
      s.fault("scopes", "must map at least one scope of the issuer");
    }
    return config;
  }

  private static Map<String, Scope> scopes(Section s) {
    var scopes = new LinkedHashMap<String, Scope>();
    for (var name : s.keys()) {
      var slug = s.text(name);
      if (!SCOPE.matcher(name).matches()) {
        s.fault(name, "is no OAuth scope: it has characters that none may have");
      } else if (slug != null) {
        scopes.put(name, scope(s, name, slug));
      }
    }
    s.end();
    return scopes;
  }

  private static Scope scope(Section s, String name, String slug) {
    try {
      return Scope.ofSlug(slug);
    } catch (Failure unknown) {
      s.fault(name, "must be read-only, client, operator or admin, or null for none");
      return Scope.READ_ONLY;
    }
  }

  /** Whoever can answer in the issuer's place can make tokens: only TLS, or this machine. */
  private static URI trusted(Section s, String key, String text) {
    try {
      var uri = new URI(text);
      var host = uri.getHost() == null ? "" : uri.getHost();
      boolean safe =
          "https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && LOOPBACK.matcher(host).matches());
      if (safe
          && !host.isEmpty()
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // falls through to the one fault that covers every URL that cannot be trusted
    }
    s.fault(
        key, "must be an https URL (http on loopback only) without credentials, query or fragment");
    return null;
  }
}

package io.commandcenter.akm.admin;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookie by which a one-time page knows its browser again: random, of this page only, out of
 * reach of scripts and of other sites.
 */
final class EntryBrowser {
  private static final String NAME = "akm_entry";
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int BYTES = 32;
  // Longer than any page lives; the page itself ends sooner.
  private static final Duration LIFE = Duration.ofHours(1);

  private final SecureRandom random;

  EntryBrowser(SecureRandom random) {
    this.random = random;
  }

  /** What the browser was given before; empty if nothing, or if it is none of ours. */
  Optional<String> known(RoutingContext rc) {
    return Optional.ofNullable(rc.request().getCookie(NAME))
        .map(Cookie::getValue)
        .filter(value -> FORM.matcher(value).matches());
  }

  /** The same, or a new one, which the browser has not been given yet. */
  String knownOrNew(RoutingContext rc) {
    return known(rc).orElseGet(this::fresh);
  }

  private String fresh() {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Sends it along with the answer, unless the browser has it.
   *
   * @param page as people reach it; only one that exists
   */
  void give(RoutingContext rc, URI page, String value) {
    if (known(rc).isPresent()) {
      return;
    }
    rc.response()
        .addCookie(
            Cookie.cookie(NAME, value)
                .setPath(page.getRawPath())
                .setMaxAge(LIFE.toSeconds())
                .setHttpOnly(true)
                .setSecure("https".equals(page.getScheme()))
                .setSameSite(CookieSameSite.STRICT));
  }
}

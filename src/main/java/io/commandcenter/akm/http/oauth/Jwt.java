package io.commandcenter.akm.http.oauth;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A signed token taken apart; nothing of it is true before its signature is checked.
 *
 * @param algorithm one of {@link #ALGORITHMS}
 * @param keyId null if the token names none
 */
record Jwt(String text, String algorithm, String keyId, JsonObject claims) {
  /**
   * Public keys only: with {@code none} nobody signs, and with HS256 an issuer's public key would
   * be the secret (RFC 8725, 2.1 and 3.1).
   */
  static final Set<String> ALGORITHMS = Set.of("RS256", "PS256", "ES256", "ES384", "EdDSA");

  /** Half of what all headers of a request may have. */
  static final int MAX_LENGTH = 8192;

  private static final Pattern FORM =
      Pattern.compile("eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

  /** Keys that a token brings along would vouch for itself; what is critical is not known here. */
  private static final List<String> UNSUITABLE =
      List.of("crit", "b64", "jwk", "jku", "x5c", "x5u", "nonce", "zip", "enc");

  private static final Set<String> TYPES = Set.of("jwt", "at+jwt", "application/at+jwt");

  /** Whether a bearer token has the form of one. */
  static boolean isShaped(String token) {
    return FORM.matcher(token).matches();
  }

  /** Empty unless the token is one that could be checked. */
  static Optional<Jwt> parse(String token) {
    if (token.length() > MAX_LENGTH || !isShaped(token)) {
      return Optional.empty();
    }
    var parts = token.split("\\.", -1);
    try {
      var header = json(parts[0]);
      var algorithm = header.getValue("alg");
      var keyId = header.getValue("kid");
      boolean suitable =
          algorithm instanceof String
              && ALGORITHMS.contains(algorithm)
              && (keyId == null || keyId instanceof String)
              && isType(header.getValue("typ"))
              && UNSUITABLE.stream().noneMatch(header::containsKey)
              && !parts[2].isEmpty();
      return suitable
          ? Optional.of(new Jwt(token, (String) algorithm, (String) keyId, json(parts[1])))
          : Optional.empty();
    } catch (DecodeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isType(Object type) {
    return type == null
        || (type instanceof String text && TYPES.contains(text.toLowerCase(Locale.ROOT)));
  }

  private static JsonObject json(String part) {
    return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
  }
}

package io.commandcenter.akm.http.oauth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One public key of the issuer, for one algorithm: a key never serves another one. */
final class SigningKey {
  private static final int MIN_RSA_BITS = 2048;

  private static final Map<String, List<String>> MEMBERS =
      Map.of("RSA", List.of("n", "e"), "EC", List.of("crv", "x", "y"), "OKP", List.of("crv", "x"));

  private final JWTAuth verifier;

  private SigningKey(JWTAuth verifier) {
    this.verifier = verifier;
  }

  /** Empty if the key is not meant for signatures of this algorithm, or is too weak. */
  static Optional<SigningKey> of(Vertx vertx, JsonObject jwk, String algorithm) {
    if (!fits(jwk, algorithm)) {
      return Optional.empty();
    }
    // Certificates and whatever else comes along say nothing here.
    var bare = new JsonObject().put("kty", jwk.getValue("kty")).put("alg", algorithm);
    if (jwk.getValue("kid") instanceof String kid) {
      bare.put("kid", kid);
    }
    MEMBERS.get(jwk.getString("kty")).forEach(name -> bare.put(name, jwk.getValue(name)));
    try {
      // The lifetime is checked with the other claims, by this server's clock.
      var options = new JWTOptions().setIgnoreExpiration(true);
      return Optional.of(
          new SigningKey(
              JWTAuth.create(vertx, new JWTAuthOptions().addJwk(bare).setJWTOptions(options))));
    } catch (RuntimeException unusable) {
      return Optional.empty();
    }
  }

  /** Whether this key made the token's signature. */
  Future<Boolean> signed(Jwt token) {
    // In a compose, because claims of a wrong type are thrown at whoever authenticates.
    return Future.succeededFuture(new TokenCredentials(token.text()))
        .compose(verifier::authenticate)
        .map(user -> true)
        .otherwise(false);
  }

  /** Whether a key may be asked for by tokens of this algorithm. */
  static boolean fits(JsonObject jwk, String algorithm) {
    var use = jwk.getValue("use");
    var named = jwk.getValue("alg");
    return (use == null || "sig".equals(use))
        && (named == null || named.equals(algorithm))
        && (!(jwk.getValue("key_ops") instanceof JsonArray ops) || ops.contains("verify"))
        && isOf(jwk, algorithm);
  }

  private static boolean isOf(JsonObject jwk, String algorithm) {
    return switch (algorithm) {
      case "RS256", "PS256" -> "RSA".equals(jwk.getValue("kty")) && bits(jwk) >= MIN_RSA_BITS;
      case "ES256" -> isCurve(jwk, "EC", "P-256");
      case "ES384" -> isCurve(jwk, "EC", "P-384");
      case "EdDSA" -> isCurve(jwk, "OKP", "Ed25519");
      default -> false;
    };
  }

  private static boolean isCurve(JsonObject jwk, String type, String curve) {
    return type.equals(jwk.getValue("kty")) && curve.equals(jwk.getValue("crv"));
  }

  private static int bits(JsonObject jwk) {
    try {
      return jwk.getValue("n") instanceof String n
          ? new BigInteger(1, Base64.getUrlDecoder().decode(n)).bitLength()
          : 0;
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }
}

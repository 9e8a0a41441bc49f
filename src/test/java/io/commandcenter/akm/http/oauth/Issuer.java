package io.commandcenter.akm.http.oauth;

import static io.commandcenter.akm.http.Listening.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** An authorization server as far as a resource server sees one: metadata, keys, tokens. */
public final class Issuer implements AutoCloseable {
  static final KeyPair RSA = rsa(2048);
  static final KeyPair OTHER_RSA = rsa(2048);
  static final KeyPair WEAK_RSA = rsa(1024);
  static final KeyPair P256 = pair("EC", "secp256r1");
  static final KeyPair P384 = pair("EC", "secp384r1");
  static final KeyPair ED = pair("Ed25519", null);

  public final AtomicInteger keysRead = new AtomicInteger();
  public final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<JsonObject> keys = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  /** How everything is answered, if set. */
  public volatile Consumer<HttpServerRequest> instead;

  /** Its metadata, if set. */
  public volatile JsonObject metadata;

  public Issuer(Vertx vertx) {
    server = await(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
    publish(rsa("rsa", RSA), ec("p256", "P-256", P256), ec("p384", "P-384", P384), ed("ed", ED));
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** The keys from now on. */
  public void publish(JsonObject... all) {
    keys.clear();
    keys.addAll(List.of(all));
  }

  private void handle(HttpServerRequest request) {
    asked.add(request.path());
    if (request.path().equals("/jwks")) {
      keysRead.incrementAndGet();
    }
    if (instead != null) {
      instead.accept(request);
    } else if (request.path().equals("/jwks")) {
      request.response().end(new JsonObject().put("keys", new JsonArray(keys)).encode());
    } else if (request.path().equals("/.well-known/openid-configuration")) {
      var usual = new JsonObject().put("issuer", url()).put("jwks_uri", url() + "/jwks");
      request.response().end((metadata == null ? usual : metadata).encode());
    } else {
      request.response().setStatusCode(404).end();
    }
  }

  /** Claims that are all right, to be spoilt. */
  public JsonObject claims(String audience) {
    long now = Instant.now().getEpochSecond();
    return new JsonObject()
        .put("iss", url())
        .put("aud", audience)
        .put("sub", "alice")
        .put("exp", now + 300)
        .put("scope", "akm:operator openid");
  }

  public static String token(JsonObject claims) {
    return token("RS256", "rsa", RSA, claims);
  }

  static String token(String algorithm, String kid, KeyPair pair, JsonObject claims) {
    var header = new JsonObject().put("typ", "at+jwt").put("alg", algorithm);
    return token(kid == null ? header : header.put("kid", kid), pair, claims);
  }

  static String token(JsonObject header, KeyPair pair, JsonObject claims) {
    var signed = part(header.encode()) + "." + part(claims.encode());
    return signed + "." + base64(signature(header.getString("alg"), pair, signed));
  }

  static String part(String json) {
    return base64(json.getBytes(StandardCharsets.UTF_8));
  }

  static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] signature(String algorithm, KeyPair pair, String text) {
    try {
      var signature =
          Signature.getInstance(
              switch (algorithm) {
                case "RS256" -> "SHA256withRSA";
                case "RS512" -> "SHA512withRSA";
                case "PS256" -> "RSASSA-PSS";
                case "ES256" -> "SHA256withECDSAinP1363Format";
                case "ES384" -> "SHA384withECDSAinP1363Format";
                default -> "Ed25519";
              });
      if (algorithm.equals("PS256")) {
        signature.setParameter(
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
      }
      signature.initSign(pair.getPrivate());
      signature.update(text.getBytes(StandardCharsets.US_ASCII));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static JsonObject rsa(String kid, KeyPair pair) {
    var key = (RSAPublicKey) pair.getPublic();
    return new JsonObject()
        .put("kty", "RSA")
        .put("kid", kid)
        .put("n", base64(unsigned(key.getModulus(), key.getModulus().bitLength() / 8)))
        .put("e", base64(key.getPublicExponent().toByteArray()));
  }

  static JsonObject ec(String kid, String curve, KeyPair pair) {
    var point = ((ECPublicKey) pair.getPublic()).getW();
    int size = curve.equals("P-256") ? 32 : 48;
    return new JsonObject()
        .put("kty", "EC")
        .put("kid", kid)
        .put("use", "sig")
        .put("crv", curve)
        .put("x", base64(unsigned(point.getAffineX(), size)))
        .put("y", base64(unsigned(point.getAffineY(), size)));
  }

  static JsonObject ed(String kid, KeyPair pair) {
    var encoded = ((EdECPublicKey) pair.getPublic()).getEncoded();
    var raw = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    return new JsonObject()
        .put("kty", "OKP")
        .put("kid", kid)
        .put("crv", "Ed25519")
        .put("x", base64(raw));
  }

  private static byte[] unsigned(BigInteger number, int size) {
    var bytes = number.toByteArray();
    var fixed = new byte[size];
    int length = Math.min(bytes.length, size);
    System.arraycopy(bytes, bytes.length - length, fixed, size - length, length);
    return fixed;
  }

  private static KeyPair rsa(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair pair(String type, String curve) {
    try {
      var generator = KeyPairGenerator.getInstance(type);
      if (curve != null) {
        generator.initialize(new ECGenParameterSpec(curve));
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    await(server.close());
  }
}

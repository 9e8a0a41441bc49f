package io.commandcenter.akm.http.oauth;

import static io.commandcenter.akm.http.oauth.Issuer.part;
import static io.commandcenter.akm.http.oauth.Issuer.token;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.config.OAuthConfig;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.http.Gate;
import io.commandcenter.akm.http.Limits;
import io.commandcenter.akm.http.Listening;
import io.commandcenter.akm.http.Surface;
import io.commandcenter.akm.http.Tokens;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The listener with an issuer configured: which tokens it takes, where, and what it says. */
class OAuthResourceTest {
  private final Vertx vertx = Vertx.vertx();
  private final Issuer issuer = new Issuer(vertx);
  private Listening server;

  private final Surface surface =
      (router, gate) -> {
        for (var path : List.of("/mcp", "/api/v1/keys", "/v1/models", "/mcp-not")) {
          gate.guard(router.get(path), Scope.READ_ONLY)
              .handler(
                  rc -> {
                    var who = Gate.principal(rc);
                    rc.response().end(who.id() + " " + who.scope().slug());
                  });
        }
        gate.guard(router.post("/mcp"), Scope.ADMIN).handler(rc -> rc.response().end("done"));
      };

  @BeforeEach
  void start() {
    start(new OAuthConfig(issuer.url(), null, null, "sub", scopes()));
  }

  @AfterEach
  void stop() {
    server.close();
    Listening.await(vertx.close());
  }

  private void start(OAuthConfig oauth) {
    if (server != null) {
      server.close();
    }
    server = new Listening(config(oauth)).start(surface);
  }

  private static Map<String, Scope> scopes() {
    var scopes = new LinkedHashMap<String, Scope>();
    scopes.put("akm:read", Scope.READ_ONLY);
    scopes.put("akm:client", Scope.CLIENT);
    scopes.put("akm:operator", Scope.OPERATOR);
    scopes.put("akm:admin", Scope.ADMIN);
    return scopes;
  }

  private String audience() {
    return server.publicUrl.of("/mcp");
  }

  private JsonObject claims() {
    return issuer.claims(audience());
  }

  private HttpResponse<Buffer> mcp(String token) {
    return server.get("/mcp", token);
  }

  private void taken(String token) {
    var answer = mcp(token);
    assertEquals("oauth:alice operator", answer.bodyAsString());
  }

  private String refused(String token) {
    var answer = mcp(token);
    assertEquals(401, answer.statusCode(), answer.bodyAsString());
    assertTrue(answer.getHeader("WWW-Authenticate").contains("error=\"invalid_token\""));
    // The throttle is not what is looked at here.
    server.extraNanos.addAndGet(Duration.ofMinutes(2).toNanos());
    return answer.bodyAsJsonObject().getString("detail");
  }

  @ParameterizedTest
  @CsvSource({"RS256,rsa", "PS256,rsa", "ES256,p256", "ES384,p384", "EdDSA,ed"})
  void takesATokenThatTheIssuerSigned(String algorithm, String kid) {
    var pair =
        switch (kid) {
          case "p256" -> Issuer.P256;
          case "p384" -> Issuer.P384;
          case "ed" -> Issuer.ED;
          default -> Issuer.RSA;
        };
    taken(token(algorithm, kid, pair, claims()));
    assertEquals(1, issuer.keysRead.get());
  }

  @Test
  void takesOneOfSeveralAudiences() {
    taken(token(claims().put("aud", new JsonArray().add("other").add(audience()))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JWT", "at+jwt", "application/AT+JWT"})
  void takesTheTypesOfAccessTokens(String type) {
    var header = new JsonObject().put("alg", "RS256").put("kid", "rsa").put("typ", type);
    taken(token(header, Issuer.RSA, claims()));
  }

  @Test
  void aTokenWithoutAKeyIdIsTakenOnlyWhereThereIsOneKey() {
    // Seen failing with the first key that fits.
    taken(token("ES256", null, Issuer.P256, claims()));
    issuer.publish(
        Issuer.ec("p256", "P-256", Issuer.P256),
        Issuer.rsa("a", Issuer.RSA),
        Issuer.rsa("b", Issuer.OTHER_RSA));
    server.extraNanos.addAndGet(Duration.ofMinutes(11).toNanos());
    refused(token("RS256", "unknown", Issuer.RSA, claims()));
    refused(token("RS256", null, Issuer.RSA, claims()));
  }

  /** Seen failing, as tokens that are taken, with the check of each claim taken out of Claims. */
  @Test
  void refusesAnotherIssuerOrAudience() {
    assertTrue(refused(token(claims().put("iss", issuer.url() + "/"))).contains("issuer"));
    assertTrue(refused(token(claims().put("aud", audience() + "/"))).contains("audience"));
    assertTrue(
        refused(token(claims().put("aud", server.publicUrl.base().toString())))
            .contains(audience()));
    var without = claims();
    without.remove("aud");
    refused(token(without));
  }

  @Test
  void refusesTokensBeforeAndAfterTheirTime() {
    long now = Instant.now().getEpochSecond();
    taken(token(claims().put("exp", now - 20).put("nbf", now + 20)));
    assertTrue(refused(token(claims().put("exp", now - 31))).contains("expired"));
    assertTrue(refused(token(claims().put("nbf", now + 60))).contains("not valid yet"));
    refused(token(claims().put("exp", "tomorrow")));
    var without = claims();
    without.remove("exp");
    refused(token(without));
  }

  @Test
  void refusesATokenThatNobodySigned() {
    // Seen failing with `none` on the list and the signature's check skipped for it.
    var header = part(new JsonObject().put("alg", "none").put("kid", "rsa").encode());
    refused(header + "." + part(claims().encode()) + ".");
    refused(header + "." + part(claims().encode()) + ".AAAA");
    var signed = token(claims());
    refused(signed.substring(0, signed.lastIndexOf('.') + 1));
  }

  @Test
  void refusesASecretThatIsTheIssuersPublicKey() throws GeneralSecurityException {
    var header = new JsonObject().put("alg", "HS256").put("kid", "rsa");
    var text = part(header.encode()) + "." + part(claims().encode());
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Issuer.RSA.getPublic().getEncoded(), "HmacSHA256"));
    refused(text + "." + Issuer.base64(mac.doFinal(text.getBytes(StandardCharsets.US_ASCII))));
  }

  @Test
  void refusesAnAlgorithmThatIsNotOnTheListOrNotTheKeys() {
    // Seen failing with the key's own algorithm ignored.
    refused(token("RS512", "rsa", Issuer.RSA, claims()));
    issuer.publish(Issuer.rsa("rsa", Issuer.RSA).put("alg", "PS256"));
    server.extraNanos.addAndGet(Duration.ofMinutes(11).toNanos());
    refused(token("RS256", "rsa", Issuer.RSA, claims()));
    taken(token("PS256", "rsa", Issuer.RSA, claims()));
  }

  @Test
  void refusesWhatAnotherKeySigned() {
    // Seen failing with every signature taken, and with keys from 512 bits on.
    refused(token("RS256", "rsa", Issuer.OTHER_RSA, claims()));
    refused(token("ES256", "rsa", Issuer.P256, claims()));
    refused(token("RS256", "unknown", Issuer.RSA, claims()));
    issuer.publish(Issuer.rsa("weak", Issuer.WEAK_RSA));
    server.extraNanos.addAndGet(Duration.ofMinutes(11).toNanos());
    refused(token("RS256", "weak", Issuer.WEAK_RSA, claims()));
  }

  @Test
  void refusesATokenWhoseClaimsWereChanged() {
    var parts = token(claims()).split("\\.");
    var more = part(claims().put("scope", "akm:admin").encode());
    // Seen failing, as an admin, when SigningKey said yes to every signature.
    refused(parts[0] + "." + more + "." + parts[2]);
    var broken = Base64.getUrlDecoder().decode(parts[2]);
    broken[100] ^= 1;
    refused(parts[0] + "." + parts[1] + "." + Issuer.base64(broken));
  }

  @ParameterizedTest
  @ValueSource(strings = {"crit", "jwk", "jku", "x5c", "x5u"})
  void refusesATokenThatBringsItsOwnKeyOrNeedsMore(String member) {
    // Seen failing with such members let through.
    var header = new JsonObject().put("alg", "RS256").put("kid", "rsa").put(member, "x");
    refused(token(header, Issuer.RSA, claims()));
  }

  @Test
  void refusesAnOversizedToken() {
    // Seen failing with a larger bound.
    refused(token(claims().put("padding", "x".repeat(8000))));
  }

  @Test
  void refusesOtherKindsOfToken() {
    // Seen failing with any type taken.
    var header = new JsonObject().put("alg", "RS256").put("kid", "rsa").put("typ", "id+jwt");
    refused(token(header, Issuer.RSA, claims()));
    refused(token(claims().put("sub", "")));
    refused(token(claims().put("sub", 7)));
    refused("eyJ.a.b");
    refused("eyJhIjoi.eyJ.b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/keys", "/v1/models", "/mcp-not"})
  void otherSurfacesRefuseWhatMcpTakes(String path) {
    start(new OAuthConfig(issuer.url(), "a", null, "sub", scopes()));
    var header = new JsonObject().put("alg", "ES256");
    var token = token(header, Issuer.P256, issuer.claims("a").put("scope", "akm:operator"));
    assertTrue(token.length() <= 256, "as short as the tokens that other surfaces look at");
    taken(token);
    // Seen failing, with 200 for as long as a token is remembered, with one cache for both kinds.
    var answer = server.get(path, token);
    assertEquals(401, answer.statusCode());
    assertFalse(answer.getHeader("WWW-Authenticate").contains("resource_metadata"));
  }

  @Test
  void tokensOfThisServerAreTakenAsBefore() {
    assertEquals("tok_client client", mcp(Tokens.CLIENT).bodyAsString());
    assertEquals("tok_client client", server.get("/api/v1/keys", Tokens.CLIENT).bodyAsString());
    // Any text may be the environment's token.
    server.tokens.valid.put("eyJhIjoxfQ.eyJhIjoxfQ.c2lnbmF0dXJl", Scope.ADMIN);
    assertEquals("tok_admin admin", mcp("eyJhIjoxfQ.eyJhIjoxfQ.c2lnbmF0dXJl").bodyAsString());
    assertEquals(0, issuer.keysRead.get());
  }

  @Test
  void whoeverBringsNoTokenIsToldWhereToGetOne() {
    var answer = mcp(null);
    assertEquals(401, answer.statusCode());
    assertEquals(
        "Bearer realm=\"akm\", scope=\"akm:read akm:client akm:operator\", resource_metadata=\""
            + server.publicUrl.of("/.well-known/oauth-protected-resource/mcp")
            + "\"",
        answer.getHeader("WWW-Authenticate"));
  }

  @Test
  void whoeverHasTooLittleScopeIsToldWhichIsNeeded() {
    var answer = server.post("/mcp", token(claims()), new JsonObject());
    assertEquals(403, answer.statusCode());
    var challenge = answer.getHeader("WWW-Authenticate");
    assertTrue(challenge.contains("error=\"insufficient_scope\", scope=\"akm:admin\""), challenge);
    assertTrue(challenge.contains("resource_metadata=\""), challenge);

    var none = mcp(token(claims().put("scope", "openid profile")));
    assertEquals(403, none.statusCode());
    assertTrue(none.getHeader("WWW-Authenticate").contains("scope=\"akm:read\""));
  }

  @Test
  void theHighestScopeCounts() {
    var list = claims().put("scp", new JsonArray().add("akm:read").add("akm:admin"));
    list.remove("scope");
    assertEquals("oauth:alice admin", mcp(token(list)).bodyAsString());
    assertEquals(
        "oauth:alice client",
        mcp(token(claims().put("scope", "akm:client akm:read x"))).bodyAsString());
  }

  @Test
  void theMetadataIsPublicAndSaysWhoIssuesTokens() {
    for (var path : List.of("", "/mcp")) {
      var answer = server.get("/.well-known/oauth-protected-resource" + path, null);
      assertEquals(200, answer.statusCode());
      assertEquals(
          new JsonObject()
              .put("resource", audience())
              .put("authorization_servers", new JsonArray().add(issuer.url()))
              .put("scopes_supported", new JsonArray(List.copyOf(scopes().keySet())))
              .put("bearer_methods_supported", new JsonArray().add("header"))
              .put("resource_name", "API Key Manager"),
          answer.bodyAsJsonObject());
    }
  }

  @Test
  void withoutAnIssuerNothingIsDifferent() {
    var token = token(claims());
    start((OAuthConfig) null);
    assertEquals(404, server.get("/.well-known/oauth-protected-resource", null).statusCode());
    assertEquals(404, server.get("/.well-known/oauth-protected-resource/mcp", null).statusCode());
    assertEquals(401, mcp(token).statusCode());
    assertEquals("Bearer realm=\"akm\"", mcp(null).getHeader("WWW-Authenticate"));
    assertEquals(0, issuer.keysRead.get());
  }

  @Test
  void aNewKeyIsFoundAtOnceButUnknownOnesAreLookedForOnceAMinute() {
    taken(token(claims()));
    issuer.publish(Issuer.rsa("next", Issuer.OTHER_RSA));
    server.extraNanos.addAndGet(Duration.ofMinutes(2).toNanos());
    taken(token("RS256", "next", Issuer.OTHER_RSA, claims()));
    assertEquals(2, issuer.keysRead.get());
    // Seen failing, with one read for each, without the pause.
    for (int i = 0; i < 2; i++) {
      assertEquals(401, mcp(token("RS256", "made-up-" + i, Issuer.RSA, claims())).statusCode());
    }
    assertEquals(2, issuer.keysRead.get());
    refused(token(claims().put("sub", "the old key is gone")));
  }

  @Test
  void knownKeysStayWhileTheIssuerIsDown() {
    taken(token(claims()));
    issuer.close();
    server.extraNanos.addAndGet(Duration.ofHours(5).toNanos());
    taken(token(claims().put("jti", "another")));
    refused(token("RS256", "unknown", Issuer.RSA, claims()));
  }

  @Test
  void anIssuerThatNeverAnsweredIsNoReasonToCallATokenWrong() {
    issuer.instead = request -> request.response().setStatusCode(500).end("secret words");
    var answer = mcp(token(claims()));
    assertEquals(503, answer.statusCode());
    assertFalse(answer.bodyAsString().contains("secret words"));
    assertEquals("tok_client client", mcp(Tokens.CLIENT).bodyAsString());
    issuer.instead = null;
    server.extraNanos.addAndGet(Duration.ofSeconds(6).toNanos());
    taken(token(claims()));
  }

  @Test
  void metadataThatDoesNotSpeakForTheIssuerIsNotTaken() {
    // Seen failing without the comparison of the issuer.
    var ours = new JsonObject().put("issuer", issuer.url());
    for (var metadata :
        List.of(
            ours.copy().put("issuer", "https://b.example").put("jwks_uri", issuer.url() + "/jwks"),
            ours.copy().put("jwks_uri", issuer.url().replace("127.0.0.1", "localhost") + "/jwks"),
            ours.copy())) {
      issuer.metadata = metadata;
      assertEquals(503, mcp(token(claims())).statusCode(), metadata.encode());
      server.extraNanos.addAndGet(Duration.ofSeconds(6).toNanos());
    }
    assertEquals(0, issuer.keysRead.get());
  }

  @Test
  void aHugeKeySetIsNotTaken() {
    // Seen failing with a bound of a megabyte.
    issuer.publish(Issuer.rsa("rsa", Issuer.RSA).put("padding", "x".repeat(300_000)));
    assertEquals(503, mcp(token(claims())).statusCode());
  }

  @Test
  void redirectsAreNotFollowed() {
    issuer.instead =
        request -> {
          if (request.path().equals("/there")) {
            request.response().putHeader("Location", "/jwks").setStatusCode(302).end();
          }
        };
    start(
        new OAuthConfig(issuer.url(), null, URI.create(issuer.url() + "/there"), "sub", scopes()));
    assertEquals(503, mcp(token(claims())).statusCode());
    assertEquals(List.of("/there"), issuer.asked);
  }

  @Test
  void theConfigurationNamesAudienceKeysAndSubject() {
    start(
        new OAuthConfig(
            issuer.url(), "api://akm", URI.create(issuer.url() + "/jwks"), "email", scopes()));
    var answer = mcp(token(issuer.claims("api://akm").put("email", "a b@example.com")));
    assertTrue(
        answer.bodyAsString().matches("oauth:a_b@example\\.com:[0-9a-f]{16} operator"),
        answer.bodyAsString());
    assertEquals(List.of("/jwks"), issuer.asked);
    assertEquals(
        audience(),
        server
            .get("/.well-known/oauth-protected-resource", null)
            .bodyAsJsonObject()
            .getString("resource"));
  }

  @Test
  void twoNamesAreNeverOnePrincipal() {
    assertEquals("oauth:auth0|5f7c", Subject.id("auth0|5f7c"));
    assertNotEquals(Subject.id("a b"), Subject.id("a\tb"));
    assertNotEquals(Subject.id("a b"), Subject.id("a_b"));
    assertNotEquals(Subject.id("x".repeat(100)), Subject.id("x".repeat(101)));
    assertTrue(Subject.id("\n".repeat(1000)).length() <= 80);
  }

  @Test
  void theIssuersMetadataIsLookedForWhereTheStandardsSay() {
    var config = new OAuthConfig("https://a.example/tenant/", null, null, "sub", scopes());
    assertEquals(
        List.of(
            "https://a.example/.well-known/oauth-authorization-server/tenant",
            "https://a.example/.well-known/openid-configuration/tenant",
            "https://a.example/tenant/.well-known/openid-configuration"),
        new Discovery(null, config).places().stream().map(URI::toString).toList());
  }

  private static ServerConfig config(OAuthConfig oauth) {
    var usual = Limits.usual().config();
    return new ServerConfig(
        usual.host(),
        usual.port(),
        usual.publicUrl(),
        usual.allowInsecureBind(),
        usual.allowedHosts(),
        usual.allowedOrigins(),
        usual.allowedPrivateHosts(),
        usual.dataDir(),
        usual.masterKeyFile(),
        usual.masterKeyShared(),
        usual.http(),
        usual.mcp(),
        usual.vault(),
        usual.audit(),
        usual.router(),
        usual.health(),
        usual.budget(),
        usual.unknownPrice(),
        oauth);
  }
}

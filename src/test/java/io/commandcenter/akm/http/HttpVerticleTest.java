package io.commandcenter.akm.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Facts.TokenChanged;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.contract.Scope;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpVerticleTest {
  private Listening server;

  /** One route for each scope, one that fails, one that reads a body, one that waits. */
  private final Promise<Void> released = Promise.promise();

  private final Promise<Void> entered = Promise.promise();

  private final Surface surface =
      (router, gate) -> {
        for (var scope : Scope.values()) {
          gate.guard(router.get("/t/" + scope.slug()), scope)
              .handler(rc -> rc.response().end(Gate.principal(rc).id()));
        }
        gate.guard(router.get("/t/bug"), Scope.CLIENT)
            .handler(
                rc -> {
                  throw new IllegalStateException("select * from secrets");
                });
        gate.guard(router.post("/t/echo"), Scope.CLIENT)
            .handler(
                rc ->
                    RequestBody.read(rc, 1000)
                        .onSuccess(body -> rc.response().end(body))
                        .onFailure(rc::fail));
        gate.guard(router.get("/t/wait"), Scope.CLIENT)
            .handler(
                rc -> {
                  entered.tryComplete();
                  released.future().onSuccess(go -> rc.response().end("done"));
                });
      };

  @BeforeEach
  void create() {
    server = new Listening();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private void restartWith(Limits limits) {
    server.close();
    server = new Listening(limits);
    server.start(surface);
  }

  private HttpResponse<Buffer> withHeader(String name, String value) {
    return Listening.await(
        server.request(HttpMethod.GET, "/t/client", Tokens.CLIENT).putHeader(name, value).send());
  }

  @ParameterizedTest
  @EnumSource(Scope.class)
  void letsATokenOfTheNeededScopeIn(Scope scope) {
    server.start(surface);
    var answer = server.get("/t/" + scope.slug(), Tokens.of(scope));
    assertEquals("tok_" + scope.slug(), answer.bodyAsString());
  }

  @ParameterizedTest
  @CsvSource({"client,akm_read-only_r", "operator,akm_client_c", "admin,akm_operator_o"})
  void refusesATokenOfALowerScopeAndNamesTheNeededOne(String scope, String token) {
    server.start(surface);
    var answer = server.get("/t/" + scope, token);
    assertEquals(403, answer.statusCode());
    assertTrue(answer.bodyAsString().contains("needs a token of scope " + scope));
    assertTrue(answer.getHeader("WWW-Authenticate").contains("insufficient_scope"));
  }

  @Test
  void asksForATokenWhereThereIsNone() {
    server.start(surface);
    var answer = server.get("/t/client", null);
    assertEquals(401, answer.statusCode());
    assertEquals("Bearer realm=\"akm\"", answer.getHeader("WWW-Authenticate"));
    assertEquals(0, server.tokens.asked.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"akm_admin_expired", "akm_wrong", "sk-other"})
  void refusesAWrongToken(String token) {
    server.start(surface);
    var answer = server.get("/t/client", token);
    assertEquals(401, answer.statusCode());
    assertTrue(answer.getHeader("WWW-Authenticate").contains("invalid_token"));
    assertFalse(answer.bodyAsString().contains(token));
  }

  @Test
  void refusesAnOverlongTokenWithoutAsking() {
    server.start(surface);
    assertEquals(401, server.get("/t/client", "akm_" + "a".repeat(300)).statusCode());
    assertEquals(0, server.tokens.asked.get());
  }

  @Test
  void refusesAnotherAuthenticationScheme() {
    server.start(surface);
    var answer =
        Listening.await(
            server
                .request(HttpMethod.GET, "/t/client", null)
                .basicAuthentication("akm", Tokens.CLIENT)
                .send());
    assertEquals(401, answer.statusCode());
  }

  @Test
  void takesAnApiKeyHeaderOnlyForTheGateway() {
    server.start(
        (router, gate) -> {
          gate.guard(router.get("/v1/x"), Scope.CLIENT).handler(rc -> rc.response().end("in"));
          gate.guard(router.get("/t/x"), Scope.CLIENT).handler(rc -> rc.response().end("in"));
        });
    var gateway = server.request(HttpMethod.GET, "/v1/x", null);
    var other = server.request(HttpMethod.GET, "/t/x", null);
    assertEquals(
        200, Listening.await(gateway.putHeader("x-api-key", Tokens.CLIENT).send()).statusCode());
    assertEquals(
        401, Listening.await(other.putHeader("x-api-key", Tokens.CLIENT).send()).statusCode());
  }

  @Test
  void saysWhenTheAccessRoomIsNotThere() {
    server.start(surface);
    server.tokens.stop();
    assertEquals(503, server.get("/t/client", Tokens.CLIENT).statusCode());
  }

  @Test
  void remembersAVerifiedTokenForSeconds() {
    server.start(surface);
    server.get("/t/client", Tokens.CLIENT);
    server.get("/t/client", Tokens.CLIENT);
    assertEquals(1, server.tokens.asked.get());
    server.extraNanos.set(Duration.ofSeconds(6).toNanos());
    server.get("/t/client", Tokens.CLIENT);
    assertEquals(2, server.tokens.asked.get());
  }

  @Test
  void neverTakesATokenForAnotherThatStartsAlike() {
    server.start(surface);
    assertEquals(200, server.get("/t/client", Tokens.CLIENT).statusCode());
    assertEquals(401, server.get("/t/client", Tokens.CLIENT + "x").statusCode());
  }

  @Test
  void forgetsEveryTokenWhenOneChanges() {
    server.start(surface);
    server.get("/t/client", Tokens.CLIENT);
    server.tokens.valid.remove(Tokens.CLIENT);
    server.bus.publish(Facts.TOKEN_CHANGED, new TokenChanged("tok_client", "revoked"));
    var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(3);
    int status = 200;
    while (status == 200 && System.nanoTime() < deadline) {
      status = server.get("/t/client", Tokens.CLIENT).statusCode();
    }
    assertEquals(401, status);
  }

  @Test
  void throttlesWrongTokensButNeverAValidOne() {
    server.start(surface);
    for (int i = 0; i < 3; i++) {
      assertEquals(401, server.get("/t/client", "akm_wrong").statusCode());
    }
    var fourth = server.get("/t/client", "akm_wrong");
    assertEquals(429, fourth.statusCode());
    assertTrue(Integer.parseInt(fourth.getHeader("Retry-After")) <= 60);
    assertEquals(200, server.get("/t/client", Tokens.CLIENT).statusCode());
    server.extraNanos.set(Duration.ofSeconds(61).toNanos());
    assertEquals(401, server.get("/t/client", "akm_wrong").statusCode());
  }

  @Test
  void refusesToStartWithARouteThatDeclaresNoScope() {
    var fault =
        assertThrows(
            Throwable.class,
            () ->
                server.start(
                    (router, gate) -> router.get("/open").handler(rc -> rc.response().end())));
    assertTrue(fault.getMessage().contains("routes without a declared scope: [GET] /open"));
  }

  @Test
  void findsAnUndeclaredRouteInASubRouter() {
    Surface hidden =
        (router, gate) -> {
          var inner = io.vertx.ext.web.Router.router(server.vertx);
          inner.get("/:id/open").handler(rc -> rc.response().end());
          router.route("/sub/*").subRouter(inner);
        };
    var fault = assertThrows(Throwable.class, () -> server.start(hidden));
    assertTrue(fault.getMessage().contains("[GET] /sub/:id/open"), fault.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example", "evil.example:80"})
  void refusesAForeignHost(String host) {
    server.start(surface);
    assertEquals(403, withHeader("Host", host).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1:9", "[::1]:7070"})
  void takesAnAllowedHostOnAnyPort(String host) {
    server.start(surface);
    assertEquals(200, withHeader("Host", host).statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1:1", "::"})
  void refusesAForeignOrigin(String origin) {
    server.start(surface);
    assertEquals(403, withHeader("Origin", origin).statusCode());
  }

  @Test
  void takesAnAllowedOriginAndItsOwnWithoutCorsHeaders() {
    server.start(surface);
    var allowed = withHeader("Origin", "https://console.example");
    assertEquals(200, allowed.statusCode());
    assertNull(allowed.getHeader("Access-Control-Allow-Origin"));
    assertEquals(200, withHeader("Origin", server.publicUrl.base().toString()).statusCode());
  }

  @Test
  void keepsTheConfiguredPublicUrl() {
    restartWith(Limits.usual().at("127.0.0.1", URI.create("https://akm.example"), false));
    assertEquals("https://akm.example", server.publicUrl.base().toString());
  }

  @Test
  void takesTheHostAndOriginOfThePublicUrl() {
    server.start(surface);
    var request = server.request(HttpMethod.GET, "/t/client", Tokens.CLIENT);
    server.publicUrl.set(URI.create("https://akm.example"));
    request.putHeader("Host", "akm.example").putHeader("Origin", "https://akm.example");
    assertEquals(200, Listening.await(request.send()).statusCode());
  }

  @Test
  void refusesToBindBeyondLoopbackUnlessAllowed() {
    server.close();
    server = new Listening(Limits.usual().at("0.0.0.0", null, false));
    var fault = assertThrows(Throwable.class, () -> server.start(surface));
    assertTrue(fault.getMessage().contains("allow_insecure_bind"), fault.getMessage());
  }

  @Test
  void namesLoopbackInItsUrlWhenBoundToEveryAddress() {
    restartWith(Limits.usual().at("0.0.0.0", null, true));
    assertEquals("127.0.0.1", server.publicUrl.base().getHost());
    assertEquals(200, server.get("/t/client", Tokens.CLIENT).statusCode());
  }

  @Test
  void givesEachAnswerAnIdAndSafeHeaders() {
    server.start(surface);
    var answer = withHeader("x-request-id", "mine");
    assertTrue(answer.getHeader("x-request-id").matches("req_[0-9a-f]{24}"));
    assertEquals("nosniff", answer.getHeader("X-Content-Type-Options"));
    assertEquals("no-store", answer.getHeader("Cache-Control"));
  }

  @Test
  void showsNothingOfAFaultButItsId() {
    server.start(surface);
    var answer = server.get("/t/bug", Tokens.CLIENT);
    assertEquals(500, answer.statusCode());
    assertEquals("internal", answer.bodyAsJsonObject().getString("code"));
    assertEquals(
        answer.getHeader("x-request-id"), answer.bodyAsJsonObject().getString("request_id"));
    assertFalse(answer.bodyAsString().contains("select"));
  }

  @Test
  void answersAnUnknownPathAndMethodWithProblems() {
    server.start(surface);
    assertEquals("not-found", server.get("/x", null).bodyAsJsonObject().getString("code"));
    var put = Listening.await(server.request(HttpMethod.PUT, "/t/echo", Tokens.CLIENT).send());
    assertEquals(405, put.statusCode());
    assertEquals("POST", put.getHeader("Allow"));
    assertEquals("application/problem+json", put.getHeader("Content-Type"));
  }

  @Test
  void readsABodyThatArrivesWhileTheTokenIsVerified() {
    server.start(surface);
    var answer = server.postText("/t/echo", Tokens.CLIENT, "text/plain", "hello");
    assertEquals("hello", answer.bodyAsString());
  }

  @Test
  void refusesAChunkedBodyPastItsLimitAndClosesTheConnection() {
    server.start(surface);
    var socket =
        server.raw(
            "POST /t/echo HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Tokens.CLIENT
                + "\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n"
                + "a".repeat(2000)
                + "\r\n");
    var answer = socket.untilClosed();
    assertTrue(answer.startsWith("HTTP/1.1 413"), answer);
    assertTrue(answer.contains("urn:akm:error:too-large"), answer);
  }

  @Test
  void waitsForTheTokenBeforeItInvitesABody() {
    server.start(surface);
    var socket =
        server.raw(
            "POST /t/echo HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
                + "Content-Length: 5\r\n\r\n");
    var answer = socket.untilClosed();
    assertTrue(answer.startsWith("HTTP/1.1 401"), answer);
  }

  @Test
  void invitesABodyThatIsExpected() throws InterruptedException {
    server.start(surface);
    var socket =
        server.raw(
            "POST /t/echo HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: Bearer "
                + Tokens.CLIENT
                + "\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    socket.awaitFirst();
    socket.write("hello");
    var answer = socket.untilClosed();
    assertTrue(answer.startsWith("HTTP/1.1 100 Continue"), answer);
    assertTrue(answer.endsWith("hello"), answer);
  }

  @Test
  void closesAConnectionThatNeverEndsItsHeader() {
    var second = Duration.ofSeconds(1);
    restartWith(Limits.usual().within(second, second, second));
    var socket = server.raw("GET /t/client HTTP/1.1\r\nHost: localhost\r\n");
    var drip = server.vertx.setPeriodic(200, tick -> socket.write("x"));
    var started = System.nanoTime();
    socket.untilClosed();
    server.vertx.cancelTimer(drip);
    assertTrue(System.nanoTime() - started < TimeUnit.SECONDS.toNanos(5));
  }

  @Test
  void givesUpOnABodyThatDoesNotArrive() {
    var second = Duration.ofSeconds(1);
    restartWith(Limits.usual().within(second, second, second));
    var socket =
        server.raw(
            "POST /t/echo HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Tokens.CLIENT
                + "\r\nContent-Length: 50\r\n\r\nhalf");
    var answer = socket.untilClosed();
    assertTrue(answer.contains("did not arrive within 1000 ms"), answer);
  }

  @Test
  void closesConnectionsBeyondTheLimit() {
    restartWith(Limits.usual().connections(1));
    server.raw("GET /t/client HTTP/1.1\r\n");
    assertEquals("", server.raw("GET ").untilClosed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nx: %s%<s%<s\r\n\r\n",
        "NONSENSE\r\n\r\n%s"
      })
  void answersAMalformedRequestWithAProblem(String text) {
    server.start(surface);
    var answer = server.raw(text.formatted("a".repeat(9000))).untilClosed();
    assertTrue(answer.contains(" 400 Bad Request"), answer);
    assertTrue(answer.contains("application/problem+json"), answer);
  }

  @Test
  void isLiveWithoutAToken() {
    server.start(surface);
    var answer = server.get("/health/live", null);
    assertEquals(200, answer.statusCode());
    assertEquals("UP", answer.bodyAsJsonObject().getString("status"));
  }

  @Test
  void isReadyWhenEveryRoomIs() {
    new FakeRooms(server.bus).ready();
    server.start(surface);
    assertEquals(200, server.get("/health/ready", null).statusCode());
  }

  @Test
  void isNotReadyWhenARoomIsNot() {
    new FakeRooms(server.bus).on(ReadyCalls.VAULT, q -> new ReadyCalls.Ready(false, "sealed"));
    server.start(surface);
    var answer = server.get("/health/ready", null);
    assertEquals(503, answer.statusCode());
    assertTrue(answer.bodyAsString().contains("sealed"));
    assertTrue(answer.bodyAsString().contains("no answer"));
  }

  @Test
  void endsRequestsInFlightBeforeItStops() {
    server.start(surface);
    var waiting = server.request(HttpMethod.GET, "/t/wait", Tokens.CLIENT).send();
    Listening.await(entered.future());
    var stopping = server.stop();
    assertFalse(stopping.isComplete());
    released.complete();
    assertEquals("done", Listening.await(waiting).bodyAsString());
    Listening.await(stopping);
    assertThrows(Exception.class, () -> server.get("/health/live", null));
  }

  @Test
  void stopsInTheEndWithARequestThatNeverEnds() {
    var second = Duration.ofSeconds(1);
    restartWith(Limits.usual().within(second, second, second));
    var waiting = server.request(HttpMethod.GET, "/t/wait", Tokens.CLIENT).send();
    Listening.await(entered.future());
    Listening.await(server.stop());
    assertThrows(Exception.class, () -> Listening.await(waiting));
  }
}

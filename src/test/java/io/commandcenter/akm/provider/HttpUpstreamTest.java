package io.commandcenter.akm.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import io.commandcenter.akm.provider.ProviderReply.Answered;
import io.commandcenter.akm.provider.ProviderReply.Failed;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpUpstreamTest {
  private static final String ANSWER =
      "{\"message\": {\"content\": \"hi\"}, \"done\": true, \"prompt_eval_count\": 1, \"eval_count\": 1}";
  private static final Protocol OLLAMA = Protocols.named("ollama").orElseThrow();
  private static final Duration LONG = Duration.ofSeconds(10);

  private final List<HttpUpstream> upstreams = new ArrayList<>();
  private Vertx vertx;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
  }

  @AfterEach
  void stop() throws Exception {
    for (var upstream : upstreams) {
      upstream.close().await(10, TimeUnit.SECONDS);
    }
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private static ServerConfig.Router settings(Duration firstByte, int maxAnswerBytes) {
    return new ServerConfig.Router(LONG, 3, Duration.ofSeconds(3), firstByte, maxAnswerBytes, 4096);
  }

  private HttpUpstream upstream(String... allowed) {
    return upstream(settings(LONG, 100_000), null, allowed);
  }

  private HttpUpstream upstream(
      ServerConfig.Router settings,
      Function<String, Future<List<InetAddress>>> resolver,
      String... allowed) {
    var clock = Clock.fixed(Fixture.NOW, ZoneOffset.UTC);
    var upstream =
        resolver == null
            ? new HttpUpstream(vertx, settings, Set.of(allowed), clock)
            : new HttpUpstream(vertx, settings, Set.of(allowed), clock, resolver);
    upstreams.add(upstream);
    return upstream;
  }

  private static ProviderReply send(HttpUpstream upstream, URI base, Duration timeLeft)
      throws Exception {
    return upstream
        .send(new Endpoint("local", OLLAMA, base), null, Requests.chat("m", "x"), timeLeft)
        .await(20, TimeUnit.SECONDS);
  }

  private Failed failed(Consumer<NetSocket> server) throws Exception {
    var raw = RawServer.start(vertx, server);
    return (Failed) send(upstream(raw.hostPort()), raw.uri(), LONG);
  }

  @Test
  void answersWhatTheProviderSays() throws Exception {
    var raw = RawServer.start(vertx, socket -> socket.write(RawServer.ok(ANSWER)));
    var reply = (Answered) send(upstream(raw.hostPort()), raw.uri(), LONG);
    assertEquals("hi", reply.text());
    assertTrue(raw.request().startsWith("POST /api/chat HTTP/1.1\r\n"));
    assertFalse(raw.request().toLowerCase().contains("authorization"));
    assertFalse(raw.request().toLowerCase().contains("accept-encoding"));
  }

  @Test
  void appendsThePathToTheBase() throws Exception {
    var raw = RawServer.start(vertx, socket -> socket.write(RawServer.ok(ANSWER)));
    send(upstream(raw.hostPort()), URI.create(raw.uri() + "/behind/proxy"), LONG);
    assertTrue(raw.request().startsWith("POST /behind/proxy/api/chat HTTP/1.1\r\n"));
  }

  @Test
  void sendsTheKeyInAHeaderOnly() throws Exception {
    var raw = RawServer.start(vertx, socket -> socket.write(RawServer.ok(ANSWER)));
    upstream(raw.hostPort())
        .send(
            new Endpoint("local", OLLAMA, raw.uri()),
            Secret.of("k-canary"),
            Requests.chat("m", "x"),
            LONG)
        .await(20, TimeUnit.SECONDS);
    assertTrue(raw.request().contains("authorization: Bearer k-canary\r\n"));
    assertEquals(raw.request().indexOf("k-canary"), raw.request().lastIndexOf("k-canary"));
  }

  @Test
  void keepsAConnectionForTheNextRequest() throws Exception {
    var raw = RawServer.start(vertx, socket -> socket.write(RawServer.ok(ANSWER)));
    var upstream = upstream(raw.hostPort());
    for (int i = 0; i < 20; i++) {
      send(upstream, raw.uri(), LONG);
    }
    // Now and then a request comes before the last one's connection is back.
    assertTrue(raw.connections() < 10);
  }

  @Test
  void givesUpOnASilentProviderAndDropsTheConnection() throws Exception {
    var raw = RawServer.start(vertx, socket -> {});
    var failed = (Failed) send(upstream(raw.hostPort()), raw.uri(), Duration.ofMillis(200));
    assertEquals(ErrorClass.TIMEOUT, failed.errorClass());
    assertEquals(0, failed.status());
    awaitTrue(() -> raw.open() == 0);
  }

  @Test
  void estimatesWhatASilentProviderMayCharge() throws Exception {
    var raw = RawServer.start(vertx, socket -> {});
    var failed = (Failed) send(upstream(raw.hostPort()), raw.uri(), Duration.ofMillis(200));
    assertTrue(failed.usage().estimated());
    assertTrue(failed.usage().input() > 0);
  }

  @Test
  void chargesNothingForWhatWasNeverSent() throws Exception {
    var raw = RawServer.start(vertx, socket -> {});
    var failed = (Failed) send(upstream("127.0.0.1:1"), raw.uri(), LONG);
    assertEquals(TokenUsage.NONE, failed.usage());
  }

  @Test
  void givesUpOnALateFirstByteBeforeTheDeadline() throws Exception {
    var raw = RawServer.start(vertx, socket -> {});
    var upstream = upstream(settings(Duration.ofMillis(150), 1000), null, raw.hostPort());
    long start = System.nanoTime();
    var failed = (Failed) send(upstream, raw.uri(), LONG);
    assertEquals(ErrorClass.TIMEOUT, failed.errorClass());
    assertTrue(Duration.ofNanos(System.nanoTime() - start).compareTo(Duration.ofSeconds(5)) < 0);
    awaitTrue(() -> raw.open() == 0);
  }

  /** Each byte is in time; only the bound over the whole call ends it. */
  @Test
  void givesUpOnADripAtTheDeadline() throws Exception {
    var raw =
        RawServer.start(
            vertx,
            socket -> {
              socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n");
              vertx.setPeriodic(20, id -> socket.write("x"));
            });
    var failed = (Failed) send(upstream(raw.hostPort()), raw.uri(), Duration.ofMillis(300));
    assertEquals(ErrorClass.TIMEOUT, failed.errorClass());
    assertEquals(200, failed.status());
    awaitTrue(() -> raw.open() == 0);
  }

  @Test
  void callsACutAnswerTransient() throws Exception {
    var failed =
        failed(
            socket ->
                socket
                    .write("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"mess")
                    .onComplete(v -> socket.close()));
    assertEquals(ErrorClass.TRANSIENT, failed.errorClass());
    assertEquals(200, failed.status());
  }

  @Test
  void callsAConnectionClosedWithoutAnAnswerTransient() throws Exception {
    assertEquals(ErrorClass.TRANSIENT, failed(NetSocket::close).errorClass());
  }

  @Test
  void survivesAProviderThatSpeaksNoHttp() throws Exception {
    var failed = failed(socket -> socket.write("SSH-2.0-OpenSSH_9.9\r\n\r\n\r\n"));
    assertEquals(ErrorClass.TRANSIENT, failed.errorClass());
  }

  @Test
  void callsGarbageABadAnswer() throws Exception {
    var failed = failed(socket -> socket.write(RawServer.ok("<html>not json</html>")));
    assertEquals(ErrorClass.BAD_ANSWER, failed.errorClass());
    assertFalse(failed.detail().contains("html"));
  }

  @Test
  void stopsReadingAnAnswerBeyondItsBound() throws Exception {
    var raw =
        RawServer.start(
            vertx,
            socket -> {
              socket.write("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n");
              vertx.setPeriodic(1, id -> socket.write("1000\r\n" + "x".repeat(4096) + "\r\n"));
            });
    var failed = (Failed) send(upstream(raw.hostPort()), raw.uri(), LONG);
    assertEquals(ErrorClass.BAD_ANSWER, failed.errorClass());
    assertTrue(failed.detail().contains("max_answer_bytes"));
    awaitTrue(() -> raw.open() == 0);
  }

  /** A followed redirect would carry the key to another host. */
  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void neverFollowsARedirect(int status) throws Exception {
    var other = RawServer.start(vertx, socket -> socket.write(RawServer.ok(ANSWER)));
    var raw =
        RawServer.start(
            vertx,
            socket ->
                socket.write(
                    "HTTP/1.1 %d Moved\r\nlocation: %s/x\r\ncontent-length: 0\r\n\r\n"
                        .formatted(status, other.uri())));
    var upstream = upstream(raw.hostPort(), other.hostPort());
    var failed = (Failed) send(upstream, raw.uri(), LONG);
    assertEquals(ErrorClass.BAD_ANSWER, failed.errorClass());
    var endpoint = new Endpoint("local", OLLAMA, raw.uri());
    var verdict = upstream.check(endpoint, Secret.of("k-1"), LONG).await(10, TimeUnit.SECONDS);
    assertEquals("network", verdict.outcome());
    assertEquals(0, other.connections());
  }

  @Test
  void makesAReplyEvenOfABug() throws Exception {
    var upstream =
        upstream(
            settings(LONG, 1000),
            host -> {
              throw new IllegalStateException("sk-canary");
            });
    var failed = (Failed) send(upstream, URI.create("https://provider.invalid"), LONG);
    assertEquals(ErrorClass.BAD_ANSWER, failed.errorClass());
    assertFalse(failed.detail().contains("canary"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1:1", "https://localhost:1", "https://[::1]:1",
            "https://[::ffff:127.0.0.1]:1",
        "https://2130706433:1", "https://127.1:1", "https://0x7f.1:1", "https://0.0.0.0:1",
        "https://169.254.169.254/latest", "https://10.0.0.1:1", "https://under_score:1"
      })
  void refusesAPrivateHost(String base) throws Exception {
    var failed = (Failed) send(upstream("elsewhere:1"), URI.create(base), LONG);
    assertEquals(ErrorClass.TRANSIENT, failed.errorClass());
    assertEquals(0, failed.status());
  }

  @Test
  void refusesAPrivateHostWithoutConnecting() throws Exception {
    var raw = RawServer.start(vertx, socket -> {});
    var base = URI.create("https://127.0.0.1:" + raw.port());
    var failed = (Failed) send(upstream("127.0.0.1:1"), base, LONG);
    assertTrue(failed.detail().contains("allowed_private_hosts"));
    assertEquals(0, raw.connections());
  }

  @Test
  void refusesANameWithOnePrivateAddressAmongPublicOnes() throws Exception {
    var raw = RawServer.start(vertx, socket -> {});
    var addresses = List.of(InetAddress.getByName("1.1.1.1"), InetAddress.getByName("127.0.0.1"));
    var upstream =
        upstream(settings(LONG, 1000), host -> Future.succeededFuture(addresses), "none:1");
    var base = URI.create("https://provider.example:" + raw.port());
    assertTrue(((Failed) send(upstream, base, LONG)).detail().contains("allowed_private_hosts"));
    assertEquals(0, raw.connections());
  }

  /** The key would cross the internet in the clear. */
  @Test
  void refusesPlainHttpToAPublicHost() throws Exception {
    var asked = new AtomicInteger();
    var upstream =
        upstream(
            settings(LONG, 1000),
            host -> {
              asked.incrementAndGet();
              return Future.failedFuture(new UnknownHostException());
            });
    send(upstream, URI.create("http://provider.example"), LONG);
    assertEquals(0, asked.get());
  }

  /** The name resolves only in this test: the connection can but go to the address it was given. */
  @Test
  void connectsToTheCheckedAddressUnderTheOriginalName() throws Exception {
    var raw = RawServer.start(vertx, socket -> socket.write(RawServer.ok(ANSWER)));
    var name = "provider.invalid:" + raw.port();
    var asked = new AtomicInteger();
    var upstream =
        upstream(
            settings(LONG, 1000),
            host -> {
              asked.incrementAndGet();
              return Future.succeededFuture(List.of(InetAddress.getLoopbackAddress()));
            },
            name);
    assertEquals("hi", ((Answered) send(upstream, URI.create("http://" + name), LONG)).text());
    send(upstream, URI.create("http://" + name), LONG);
    assertTrue(raw.request().contains("host: " + name + "\r\n"), raw.request());
    assertEquals(1, asked.get());
  }

  @Test
  void triesTheNextAddressOfAName() throws Exception {
    var raw = RawServer.start(vertx, socket -> socket.write(RawServer.ok(ANSWER)));
    var name = "provider.invalid:" + raw.port();
    var addresses =
        List.of(InetAddress.getByName("127.0.0.77"), InetAddress.getByName("127.0.0.1"));
    var upstream = upstream(settings(LONG, 1000), host -> Future.succeededFuture(addresses), name);
    assertEquals("hi", ((Answered) send(upstream, URI.create("http://" + name), LONG)).text());
  }

  @Test
  void saysThatANameDoesNotResolve() throws Exception {
    var upstream =
        upstream(
            settings(LONG, 1000), host -> Future.failedFuture(new UnknownHostException("secret")));
    var failed = (Failed) send(upstream, URI.create("https://provider.invalid"), LONG);
    assertEquals(
        "The endpoint's host name cannot be resolved; check the endpoint.", failed.detail());
  }

  @Test
  void saysThatNobodyListens() throws Exception {
    var raw = RawServer.start(vertx, socket -> {});
    var upstream = upstream(raw.hostPort(), "127.0.0.1:1");
    var failed = (Failed) send(upstream, URI.create("http://127.0.0.1:1"), LONG);
    assertEquals(ErrorClass.TRANSIENT, failed.errorClass());
    assertTrue(failed.detail().contains("cannot be reached"));
  }

  @Test
  void answersTimeoutWhenNoTimeIsLeft() throws Exception {
    var raw = RawServer.start(vertx, socket -> {});
    var upstream = upstream(raw.hostPort());
    for (var left : List.of(Duration.ZERO, Duration.ofSeconds(-1))) {
      assertEquals(ErrorClass.TIMEOUT, ((Failed) send(upstream, raw.uri(), left)).errorClass());
    }
    assertEquals(0, raw.connections());
  }

  /** A name server that answers after the deadline must not lead to a billed request. */
  @Test
  void sendsNothingAfterTheDeadline() throws Exception {
    var raw = RawServer.start(vertx, socket -> socket.write(RawServer.ok(ANSWER)));
    var name = "provider.invalid:" + raw.port();
    Promise<List<InetAddress>> resolution = Promise.promise();
    var upstream = upstream(settings(LONG, 1000), host -> resolution.future(), name);
    var failed = (Failed) send(upstream, URI.create("http://" + name), Duration.ofMillis(50));
    assertEquals(ErrorClass.TIMEOUT, failed.errorClass());
    resolution.complete(List.of(InetAddress.getLoopbackAddress()));
    awaitTrue(() -> raw.connections() == 1);
    assertEquals("hi", ((Answered) send(upstream, URI.create("http://" + name), LONG)).text());
    assertFalse(raw.request().substring(1).contains("POST "));
    assertEquals(1, raw.connections());
  }

  @Test
  void refusesAWipedKeyWithoutBlamingIt() throws Exception {
    var raw = RawServer.start(vertx, socket -> {});
    var key = Secret.of("k-1");
    key.close();
    var endpoint = new Endpoint("local", OLLAMA, raw.uri());
    var reply =
        (Failed)
            upstream(raw.hostPort())
                .send(endpoint, key, Requests.chat("m", "x"), LONG)
                .await(10, TimeUnit.SECONDS);
    assertEquals(ErrorClass.TRANSIENT, reply.errorClass());
    assertEquals(0, raw.connections());
  }

  @Test
  void refusesAKeyThatNoHeaderCanHold() throws Exception {
    var raw = RawServer.start(vertx, socket -> {});
    var endpoint = new Endpoint("local", OLLAMA, raw.uri());
    var verdict =
        upstream(raw.hostPort())
            .check(endpoint, Secret.of("k\r\nx: y"), LONG)
            .await(10, TimeUnit.SECONDS);
    assertEquals("invalid", verdict.outcome());
    assertEquals(0, raw.connections());
  }

  @Test
  void refusesWhatTheProtocolCannotCarry() throws Exception {
    var endpoint =
        new Endpoint(
            "anthropic",
            Protocols.named("anthropic").orElseThrow(),
            URI.create("https://api.anthropic.com"));
    var reply =
        (Failed)
            upstream()
                .send(endpoint, null, new ProviderRequest.Embed("m", List.of("x")), LONG)
                .await(10, TimeUnit.SECONDS);
    assertEquals(ErrorClass.BAD_REQUEST, reply.errorClass());
  }

  @Test
  void repliesOnTheContextThatAsked() throws Exception {
    var raw = RawServer.start(vertx, socket -> socket.write(RawServer.ok(ANSWER)));
    var upstream = upstream(raw.hostPort());
    var same =
        Future.<Boolean>future(
            promise ->
                vertx.runOnContext(
                    v -> {
                      var mine = Vertx.currentContext();
                      upstream
                          .send(
                              new Endpoint("local", OLLAMA, raw.uri()),
                              null,
                              Requests.chat("m", "x"),
                              LONG)
                          .onSuccess(reply -> promise.complete(Vertx.currentContext() == mine));
                    }));
    assertSame(true, same.await(10, TimeUnit.SECONDS));
  }

  @Test
  void shedsWhenTooManyAlreadyWait() throws Exception {
    var raw = RawServer.start(vertx, socket -> {});
    var upstream = upstream(raw.hostPort());
    var endpoint = new Endpoint("local", OLLAMA, raw.uri());
    var replies = new ArrayList<Future<ProviderReply>>();
    for (int i = 0; i < 400; i++) {
      replies.add(upstream.send(endpoint, null, Requests.chat("m", "x"), Duration.ofSeconds(3)));
    }
    awaitTrue(() -> replies.stream().filter(Future::isComplete).count() >= 80);
    awaitTrue(() -> raw.connections() == 64);
    Future.join(replies).await(20, TimeUnit.SECONDS);
    var classes = replies.stream().map(reply -> ((Failed) reply.result()).errorClass()).toList();
    // 64 connections and 256 waiting; those still connecting count as waiting.
    assertTrue(classes.stream().filter(ErrorClass.OVERLOADED::equals).count() >= 80);
    assertTrue(classes.stream().filter(ErrorClass.TIMEOUT::equals).count() >= 256);
  }

  private void awaitTrue(java.util.function.BooleanSupplier condition) throws Exception {
    Future.<Void>future(
            promise ->
                vertx.setPeriodic(
                    5,
                    id -> {
                      if (condition.getAsBoolean() && vertx.cancelTimer(id)) {
                        promise.complete();
                      }
                    }))
        .await(10, TimeUnit.SECONDS);
  }
}

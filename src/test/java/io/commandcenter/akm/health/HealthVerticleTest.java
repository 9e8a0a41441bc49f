package io.commandcenter.akm.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.config.ServerConfig;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.Facts.AttemptEnded;
import io.commandcenter.akm.contract.Facts.HealthChanged;
import io.commandcenter.akm.contract.HealthCalls;
import io.commandcenter.akm.contract.HealthCalls.ProviderHealth;
import io.commandcenter.akm.contract.HealthCalls.ShowHealth;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.provider.Downstream;
import io.commandcenter.akm.provider.Endpoint;
import io.commandcenter.akm.provider.ProviderReply;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.Upstream;
import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthVerticleTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private final TestVertx test = new TestVertx();
  private final Bus bus = new Bus(test.vertx());
  private final Probes probes = new Probes();
  private final Queue<HealthChanged> changes = new ConcurrentLinkedQueue<>();

  /** Notes the probes and answers them as a test says; a paid request is a fault. */
  private static final class Probes implements Upstream {
    final Queue<String> asked = new ConcurrentLinkedQueue<>();
    volatile Supplier<Future<KeyVerdict>> answer = () -> status(401);

    static Future<KeyVerdict> status(int status) {
      return Future.succeededFuture(new KeyVerdict("invalid", status, "a test"));
    }

    @Override
    public Future<ProviderReply> send(
        Endpoint endpoint, Secret key, ProviderRequest request, Duration timeLeft) {
      throw new AssertionError("a paid request");
    }

    @Override
    public Future<ProviderReply> live(
        Endpoint endpoint, Secret key, Live request, Duration timeLeft, Downstream down) {
      return Future.failedFuture("not asked for here");
    }

    @Override
    public Future<KeyVerdict> check(Endpoint endpoint, Secret key, Duration timeLeft) {
      assertNull(key);
      asked.add(endpoint.provider());
      return answer.get();
    }

    @Override
    public Future<Void> close() {
      return Future.succeededFuture();
    }
  }

  @BeforeEach
  void start() {
    bus.hear(Facts.HEALTH_CHANGED, changes::add);
    var endpoints =
        Map.of(
            "a", new Endpoint("a", null, URI.create("http://a.test")),
            "b", new Endpoint("b", null, URI.create("http://b.test")));
    var settings = new ServerConfig.Health(3, Duration.ofMillis(50), Duration.ofMillis(20));
    TestVertx.await(
        test.vertx()
            .deployVerticle(
                new HealthVerticle(
                    bus, settings, endpoints, probes, Clock.fixed(NOW, ZoneOffset.UTC))));
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void doesNotKnowAProviderThatWasNeverUsed() {
    assertEquals("unknown", health("a").state());
    assertNull(health("a").lastSuccessAt());
  }

  @Test
  void isUpAfterASuccess() {
    ended("a", "ok");
    eventually(() -> state("a").equals("up"));
    assertEquals(NOW, health("a").lastSuccessAt());
    assertEquals("unknown", state("b"));
  }

  @Test
  void isDownAfterSoManyFailuresInARow() {
    probes.answer = () -> Probes.status(0);
    fail("a", 2);
    eventually(() -> health("a").consecutiveFailures() == 2);
    assertEquals("unknown", state("a"));
    fail("a", 1);
    eventually(() -> state("a").equals("down"));
    assertNotNull(health("a").nextProbeAt());
    assertEquals("a failure", health("a").lastError());
    eventually(() -> changes.stream().anyMatch(c -> c.state().equals("down")));
  }

  @Test
  void countsFromZeroAfterASuccess() {
    fail("a", 2);
    ended("a", "ok");
    fail("a", 2);
    eventually(() -> health("a").consecutiveFailures() == 2);
    assertEquals("up", state("a"));
  }

  @Test
  void doesNotBlameTheProviderForARefusedKeyOrRequest() {
    fail("a", 2);
    ended("a", "rate-limit");
    ended("a", "key-invalid");
    ended("a", "bad-request");
    eventually(() -> health("a").consecutiveFailures() == 0);
    assertEquals("up", state("a"));
    assertNull(health("a").lastSuccessAt());
  }

  @Test
  void learnsNothingFromACancelledAttempt() {
    fail("a", 2);
    ended("a", "cancelled");
    ended("b", "ok");
    eventually(() -> state("b").equals("up"));
    assertEquals(2, health("a").consecutiveFailures());
  }

  @Test
  void probesAProviderThatIsDownUntilItAnswers() {
    probes.answer = () -> Probes.status(503);
    fail("a", 3);
    eventually(() -> probes.asked.size() >= 3);
    assertEquals("down", state("a"));
    probes.answer = () -> Probes.status(401);
    eventually(() -> state("a").equals("probing"));
    assertNull(health("a").nextProbeAt());
    ended("a", "ok");
    eventually(() -> state("a").equals("up"));
    assertEquals(0, probes.asked.stream().filter("b"::equals).count());
  }

  @Test
  void goesDownAgainWhenTheTrialFailsAndComesBackAlone() {
    fail("a", 3);
    eventually(() -> state("a").equals("probing"));
    probes.answer = () -> Probes.status(0);
    fail("a", 1);
    eventually(() -> state("a").equals("down"));
    probes.answer = () -> Probes.status(200);
    eventually(() -> state("a").equals("probing"));
  }

  @Test
  void survivesAProbeThatThrowsOrNeverEnds() {
    probes.answer =
        () -> {
          throw new IllegalStateException("a fault of the test");
        };
    fail("a", 3);
    eventually(() -> probes.asked.size() >= 2);
    probes.answer = () -> Promise.<Upstream.KeyVerdict>promise().future();
    int before = probes.asked.size();
    eventually(() -> probes.asked.size() >= before + 2);
    probes.answer = () -> Probes.status(200);
    eventually(() -> state("a").equals("probing"));
  }

  /** Only a provider that is down is probed: requests that flow show more, at no cost. */
  @Test
  void doesNotProbeWhatIsInUse() {
    ended("a", "ok");
    fail("b", 2);
    probes.answer = () -> Probes.status(0);
    fail("a", 3);
    eventually(() -> probes.asked.size() >= 2);
    ended("a", "ok");
    eventually(() -> state("a").equals("up"));
    int before = probes.asked.size();
    fail("a", 3);
    eventually(() -> probes.asked.size() > before);
    assertTrue(probes.asked.stream().noneMatch("b"::equals));
  }

  @Test
  void tellsEachChangeOnce() {
    fail("a", 3);
    eventually(() -> state("a").equals("probing"));
    ended("a", "ok");
    ended("a", "ok");
    eventually(() -> changes.size() >= 3);
    assertEquals(
        java.util.List.of("down", "probing", "up"),
        changes.stream().map(HealthChanged::state).toList());
  }

  @Test
  void passesOverAProviderItDoesNotKnow() {
    ended("nobody", "timeout");
    ended("a", "ok");
    eventually(() -> state("a").equals("up"));
    assertEquals(
        2, TestVertx.await(bus.ask(HealthCalls.STATUS, new ShowHealth())).providers().size());
  }

  @Test
  void isReady() {
    assertTrue(TestVertx.await(bus.ask(ReadyCalls.HEALTH, new ReadyCalls.AskReady())).ready());
  }

  private void fail(String provider, int times) {
    for (int i = 0; i < times; i++) {
      ended(provider, "overloaded");
    }
  }

  private void ended(String provider, String outcome) {
    var detail = outcome.equals("ok") ? "answered" : "a failure";
    bus.publish(
        Facts.ATTEMPT_ENDED, new AttemptEnded(provider, null, 0, outcome, 200, detail, NOW));
  }

  private String state(String provider) {
    return health(provider).state();
  }

  private ProviderHealth health(String provider) {
    return TestVertx.await(bus.ask(HealthCalls.STATUS, new ShowHealth())).providers().stream()
        .filter(health -> health.provider().equals(provider))
        .findFirst()
        .orElseThrow();
  }

  private void eventually(BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it did not come true within 5 seconds");
      TestVertx.await(test.vertx().timer(5, TimeUnit.MILLISECONDS));
    }
  }
}

package io.commandcenter.akm.mcp.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.bus.Bus;
import io.commandcenter.akm.contract.Fact;
import io.commandcenter.akm.contract.Facts;
import io.commandcenter.akm.contract.RouterCalls;
import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which resources each fact changes, heard on a real bus. */
class UpdatesTest {
  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private final TestVertx test = new TestVertx();
  private final Bus bus = new Bus(test.vertx());
  private final LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
  private final AtomicInteger wanted = new AtomicInteger();
  private volatile boolean any = true;

  private final Updates.Subscribers subscribers =
      new Updates.Subscribers() {
        @Override
        public boolean any() {
          return any;
        }

        @Override
        public boolean want(String uri) {
          wanted.incrementAndGet();
          return true;
        }

        @Override
        public void changed(String uri) {
          told.add(uri);
        }
      };

  UpdatesTest() {
    // A timer that never rings: only what is told at once is looked at here.
    var pace = new Pace(subscribers, () -> 0, (delay, task) -> {});
    new Updates(bus, subscribers, pace, InstantSource.fixed(NOON)).listen();
  }

  @AfterEach
  void close() {
    test.close();
  }

  static Stream<Arguments> facts() {
    var providers = List.of("api://providers", "api://providers/openai");
    var today = "api://audit/2026-11-22";
    return Stream.of(
        Arguments.of(
            Facts.KEY_CHANGED,
            new Facts.KeyChanged("key_1", "openai", "main", "active", 1, "added", null),
            List.of("api://providers", "api://providers/openai", today)),
        Arguments.of(
            Facts.TOKEN_CHANGED, new Facts.TokenChanged("tok_1", "minted"), List.of(today)),
        Arguments.of(
            Facts.HEALTH_CHANGED, new Facts.HealthChanged("openai", "up", null, NOON), providers),
        Arguments.of(
            Facts.USAGE_RECORDED,
            new Facts.UsageRecorded(
                "req_1", 1, "chat", "openai", "gpt", "ok", 3, BigDecimal.ONE, NOON),
            List.of("api://usage", "api://usage/openai", today)),
        Arguments.of(
            Facts.ROUTING_DECIDED,
            new Facts.RoutingDecided("req_1", "dec_1", "chat", "openai", "gpt", NOON),
            List.of("api://decisions/dec_1")),
        Arguments.of(
            Facts.BUDGET_CROSSED,
            new Facts.BudgetCrossed("b", "2026-11", 80, BigDecimal.TEN, BigDecimal.ONE, NOON),
            List.of("api://usage")),
        Arguments.of(
            Facts.CONFIG_CHANGED,
            new Facts.ConfigChanged("routing", NOON),
            List.of("api://routing", "api://providers", "api://usage", "api://providers/google")));
  }

  @ParameterizedTest
  @MethodSource("facts")
  <T extends Record> void tellsWhatAFactChanges(Fact<T> fact, T body, List<String> uris)
      throws InterruptedException {
    bus.serve(
        RouterCalls.PROVIDERS,
        asked -> Future.succeededFuture(new RouterCalls.ProviderList(List.of(google()))));

    bus.publish(fact, body);

    Set<String> heard = new TreeSet<>();
    for (int i = 0; i < uris.size(); i++) {
      heard.add(told.poll(10, TimeUnit.SECONDS));
    }
    assertEquals(new TreeSet<>(uris), heard);
  }

  private static RouterCalls.ProviderView google() {
    return new RouterCalls.ProviderView(
        "google", "google", true, "https://google", List.of(), "up", null, 0, true, 1, 1, null);
  }

  /** Seen failing with the first question left out of `tell`: each fact asked for its resources. */
  @Test
  void doesNothingForFactsWhileNobodyListens() throws InterruptedException {
    any = false;
    for (int i = 0; i < 100; i++) {
      bus.publish(
          Facts.USAGE_RECORDED,
          new Facts.UsageRecorded(
              "req_" + i, 1, "chat", "openai", "gpt", "ok", 3, BigDecimal.ONE, NOON));
    }
    var passed = new LinkedBlockingQueue<String>();
    bus.hear(Facts.TOKEN_CHANGED, fact -> passed.add(fact.tokenId()));
    bus.publish(Facts.TOKEN_CHANGED, new Facts.TokenChanged("tok_1", "minted"));
    assertEquals("tok_1", passed.poll(10, TimeUnit.SECONDS));
    assertEquals(0, wanted.get());
    assertTrue(told.isEmpty());
  }
}

package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.ProviderUsage;
import io.commandcenter.akm.contract.UsageCalls.Report;
import io.commandcenter.akm.contract.UsageCalls.Settled;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.usage.UsageRoom.Setup;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettleTest {
  @TempDir Path folder;

  private UsageRoom room() {
    return Setup.in(folder).budget("50", true).start();
  }

  private static Row onlyRow(UsageRoom room) {
    var rows = await(room.database.read("select * from usage_event", Tuple.tuple()));
    assertEquals(1, rows.size());
    return rows.iterator().next();
  }

  private static ProviderUsage usage(UsageRoom room, String provider) {
    return await(room.bus.ask(UsageCalls.REPORT, new Report(provider))).providers().get(provider);
  }

  @Test
  void chargesWhatWasUsedAndFreesTheRest() {
    try (var room = room()) {
      var attempt = room.attempt("a", 1000, 1000);
      await(room.hold(attempt));
      var settled = await(room.settle(attempt, TokenUsage.of(100, 20)));
      assertEquals(1_800_000, settled.costNanos());
      assertEquals(new BigDecimal("0.0018"), settled.costUsd());
      assertEquals("0.0018", room.budget().spentUsd().toPlainString());
      assertEquals("0.00", room.budget().heldUsd().toPlainString());
    }
  }

  @Test
  void publishesTheRecordOnce() {
    try (var room = room()) {
      room.spend("a", 100, 20);
      await(room.settle(room.attempt("a", 100, 20), TokenUsage.of(100, 20)));
      room.spend("last", 1, 0);
      Polling.until(() -> room.recorded.size() >= 2);
      assertEquals(List.of("a", "last"), room.recorded.stream().map(f -> f.requestId()).toList());
      var fact = room.recorded.peek();
      assertEquals(
          "anthropic ok 120 0.0018",
          fact.provider()
              + " "
              + fact.outcome()
              + " "
              + fact.totalTokens()
              + " "
              + fact.costUsd().toPlainString());
    }
  }

  @Test
  void chargesOnceHoweverOftenItIsSettledAtTheSameTime() {
    try (var room = room()) {
      var attempt = room.attempt("a", 1000, 1000);
      await(room.hold(attempt));
      List<Future<Settled>> settles =
          IntStream.range(0, 50)
              .mapToObj(i -> room.settle(attempt, TokenUsage.of(100, 20)))
              .toList();
      await(Future.all(settles));
      assertEquals(49, settles.stream().filter(done -> done.result().duplicate()).count());
      assertTrue(settles.stream().allMatch(done -> done.result().costNanos() == 1_800_000));
      assertEquals("0.0018", room.budget().spentUsd().toPlainString());
      assertEquals("0.00", room.budget().heldUsd().toPlainString());
      assertEquals(1, usage(room, "anthropic").totalRequests());
    }
  }

  @Test
  void countsTheAttemptsOfOneRequestApart() {
    try (var room = room()) {
      room.spend("a", 100, 0);
      var first = room.attempt("a", 100, 0);
      var second =
          new UsageCalls.Hold(
              "a",
              2,
              "chat",
              "chat",
              "openai",
              "gpt-4",
              null,
              null,
              100,
              0,
              first.startedAt(),
              null);
      await(room.hold(second));
      assertFalse(await(room.settle(second, TokenUsage.of(100, 0))).duplicate());
      assertEquals("0.0045", room.budget().spentUsd().toPlainString());
    }
  }

  @Test
  void pricesByTheStartOfTheAttempt() {
    try (var room = Setup.in(folder).at("2026-12-31T23:59:59Z").start()) {
      var attempt = room.attempt("a", "google", "gemini-3.8-flash", 1000, 1000);
      room.clock.set("2027-01-01T00:00:10Z");
      assertEquals(4_500_000, await(room.settle(attempt, TokenUsage.of(1000, 1000))).costNanos());
      var next = room.attempt("b", "google", "gemini-3.8-flash", 1000, 1000);
      assertEquals(9_000_000, await(room.settle(next, TokenUsage.of(1000, 1000))).costNanos());
    }
  }

  @Test
  void pricesTheModelThatServedIfItIsKnown() {
    try (var room = room()) {
      var attempt = room.attempt("a", "google", "gemini-3.8-flash", 1000, 1000);
      var used = TokenUsage.of(1000, 1000);
      var settled = await(room.settle(attempt, used, "ok", 200, "gemini-2.5-pro"));
      assertEquals(1_250_000 + 10_000_000, settled.costNanos());
      assertEquals("gemini-2.5-pro", onlyRow(room).getString("served_model"));
    }
  }

  @Test
  void pricesTheModelAskedForIfTheOneThatServedIsNotKnown() {
    try (var room = room()) {
      var attempt = room.attempt("a", "google", "gemini-3.8-flash", 1000, 1000);
      var used = TokenUsage.of(1000, 1000);
      assertEquals(
          4_500_000, await(room.settle(attempt, used, "ok", 200, "x".repeat(300))).costNanos());
      assertEquals(null, onlyRow(room).getString("served_model"));
    }
  }

  @Test
  void doesNotCountAnAttemptThatNeverReachedTheProvider() {
    try (var room = room()) {
      await(room.settle(room.attempt("a", 10, 0), null, "transient", null, null));
      await(room.settle(room.attempt("b", 10, 0), TokenUsage.NONE, "transient", 0, null));
      assertEquals(0, usage(room, "anthropic").totalRequests());
      await(room.settle(room.attempt("c", 10, 0), TokenUsage.NONE, "overloaded", 529, null));
      await(room.settle(room.attempt("d", 10, 0), TokenUsage.NONE, "timeout", null, null));
      assertEquals(2, usage(room, "anthropic").totalRequests());
    }
  }

  @Test
  void doesNotLetAProvidersAbsurdCountsOverflow() {
    try (var room = room()) {
      var absurd =
          new TokenUsage(
              Long.MAX_VALUE,
              Long.MAX_VALUE,
              Long.MAX_VALUE,
              Long.MAX_VALUE,
              Long.MAX_VALUE,
              0,
              false);
      var settled = await(room.settle(room.attempt("a", 10, 0), absurd));
      assertEquals(5 * 15_000_000_000_000L, settled.costNanos());
      assertEquals(1, onlyRow(room).getInteger("estimated"));
    }
  }

  @Test
  void keepsAPlainCountAsItIs() {
    try (var room = room()) {
      var attempt = room.attempt("a", 10, 0);
      await(room.settle(attempt, new TokenUsage(1, 2, 3, 4, 5, 1, false)));
      var row = onlyRow(room);
      assertEquals(0, row.getInteger("estimated"));
      assertEquals("key_1", row.getString("key_id"));
      assertEquals(room.clock.instant(), Instant.ofEpochMilli(row.getLong("started_ms")));
    }
  }

  @Test
  void countsSpendingBeforeALimitIsSet() {
    try (var room = Setup.in(folder).start()) {
      room.spend("a", 1000, 0);
    }
    try (var room = Setup.in(folder).budget("1", true).boot("boot-2").start()) {
      assertEquals("0.985", room.budget().remainingUsd().toPlainString());
    }
  }
}

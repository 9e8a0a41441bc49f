package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.TrackCalls;
import io.commandcenter.akm.contract.TrackCalls.Track;
import io.commandcenter.akm.contract.TrackCalls.Tracked;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Report;
import io.commandcenter.akm.core.grants.Grant;
import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.store.BudgetStore;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.commandcenter.akm.usage.UsageRoom.Setup;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that were made without this service. */
class TrackTest {
  private static final BigDecimal TEN = BigDecimal.TEN;
  private static final SpendLimit LIMIT =
      new SpendLimit("tok_1", SpendLimit.Window.TOTAL, 1_000_000);
  private static final Principal ONE =
      new Principal(
          "tok_1", "one", Scope.CLIENT, false, new Grant(null, null, null, null, List.of(LIMIT)));
  private static final Principal TWO = new Principal("tok_2", "two", Scope.CLIENT);

  @TempDir Path folder;

  private static Track request(String id, String provider, String model, BigDecimal cost) {
    return new Track(
        id,
        provider,
        model,
        null,
        1000L,
        null,
        null,
        1000L,
        null,
        250L,
        cost,
        "chat",
        Map.of("team", "blue"),
        null,
        null);
  }

  private static Track request(String id) {
    return request(id, "anthropic", "claude-3-opus", null);
  }

  private static Future<Tracked> track(UsageRoom room, Track track, Principal by) {
    return room.bus.ask(TrackCalls.TRACK, track.from(by));
  }

  private static Failure refusal(Future<?> future) {
    return assertThrows(Failure.class, () -> await(future));
  }

  @Test
  void arePricedLikeAnyAttempt() {
    try (var room = Setup.in(folder).budget("1", true).start()) {
      var tracked = await(track(room, request("r1"), TWO));
      assertEquals("0.03", tracked.costUsd().toPlainString());
      assertEquals("configured", tracked.priceSource());
      assertEquals("0.97", tracked.budgetRemainingUsd().toPlainString());
      var usage = await(room.bus.ask(UsageCalls.REPORT, new Report("anthropic")));
      assertEquals(2000, usage.providers().get("anthropic").totalTokens());
      assertEquals(1, usage.providers().get("anthropic").totalRequests());
    }
  }

  /** Seen failing with the principal left out of the row's name: the second caller's was lost. */
  @Test
  void countOnceForEachCallerAndRequestId() {
    try (var room = Setup.in(folder).start()) {
      assertFalse(await(track(room, request("r1"), TWO)).duplicate());
      var again = await(track(room, request("r1", "anthropic", "claude-3-opus", TEN), TWO));
      assertTrue(again.duplicate());
      assertEquals("0.03", again.costUsd().toPlainString());
      assertNull(again.priceSource());
      assertFalse(await(track(room, request("r1"), ONE)).duplicate());
      assertEquals("0.06", room.budget().spentUsd().toPlainString());
    }
  }

  @Test
  void passABudgetThatHasNoRoomForThem() {
    try (var room = Setup.in(folder).budget("0.01", true).start()) {
      var tracked = await(track(room, request("r1"), TWO));
      assertEquals("0.00", tracked.budgetRemainingUsd().toPlainString());
      assertEquals("0.03", room.budget().spentUsd().toPlainString());
      Polling.until(() -> room.crossed.size() == 2);
      assertEquals(Code.BUDGET_EXCEEDED, refusal(room.hold(room.attempt("a", 100, 100))).code());
    }
  }

  /** Seen failing with the token's limits left out of the row. */
  @Test
  void countInTheLimitsOfTheirToken() {
    try (var room = Setup.in(folder).start()) {
      await(track(room, request("r1"), ONE));
      var key = PeriodKey.of(LIMIT, room.clock.instant());
      var spent = await(new BudgetStore(room.database).find(key)).orElseThrow();
      assertEquals(30_000_000, spent.settled());
    }
  }

  @Test
  void costWhatTheCallerSays() {
    try (var room = Setup.in(folder).start()) {
      var tracked = await(track(room, request("r1", "google", "unheard-of", TEN), TWO));
      assertEquals("10.00", tracked.costUsd().toPlainString());
      assertEquals("given", tracked.priceSource());
    }
  }

  @Test
  void areRefusedForAProviderThatNobodyKnows() {
    try (var room = Setup.in(folder).start()) {
      assertEquals(
          Code.UNKNOWN_PROVIDER,
          refusal(track(room, request("r", "nobody", "m", TEN), TWO)).code());
      assertEquals(
          Code.UNKNOWN_PROVIDER,
          refusal(track(room, request("r", "nobody", "m", null), TWO)).code());
    }
  }

  @Test
  void areNotFreeWithoutAPrice() {
    try (var room = Setup.in(folder).start()) {
      var failure = refusal(track(room, request("r", "google", "unpriced", null), TWO));
      assertTrue(failure.detail().contains("cost_usd"), failure.detail());
    }
  }

  @Test
  void areRefusedOutOfBounds() {
    assertThrows(Failure.class, () -> request("no spaces", "google", "m", null));
    assertThrows(Failure.class, () -> request("r", "google", "m", new BigDecimal("-1")));
    assertThrows(Failure.class, () -> request("r", "google", "m", new BigDecimal("1E+1000000")));
    assertThrows(
        Failure.class,
        () ->
            new Track(
                "r", "google", "m", null, -1L, null, null, null, null, null, null, null, null, null,
                null));
    assertThrows(
        Failure.class,
        () ->
            new Track(
                "r", "google", "m", null, 1L, null, null, null, "fine", null, null, null, null,
                null, null));
  }
}

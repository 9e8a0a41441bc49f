package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static io.commandcenter.akm.testkit.TestVertx.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.ReadyCalls;
import io.commandcenter.akm.core.money.Price;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.usage.UsageRoom.Setup;
import java.math.BigDecimal;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HoldTest {
  @TempDir Path folder;

  private Setup setup() {
    return Setup.in(folder);
  }

  private static void assertUsd(String expected, BigDecimal actual) {
    assertEquals(expected, actual.toPlainString());
  }

  @Test
  void holdsTheUpperBoundOfAHardBudget() {
    try (var room = setup().budget("50", true).start()) {
      var held = await(room.hold(room.attempt("a", 1000, 1000)));
      assertEquals(30_000_000, held.maxCostNanos());
      assertUsd("0.03", room.budget().heldUsd());
      assertUsd("49.97", room.budget().remainingUsd());
    }
  }

  @Test
  void refusesWhatDoesNotFitAndSaysWhyAndUntilWhen() {
    try (var room = setup().budget("0.05", true).start()) {
      room.spend("a", 1000, 0);
      await(room.hold(room.attempt("b", 1000, 0)));
      var refusal = failure(room.hold(room.attempt("c", 1000, 1000)), Failure.class);
      assertEquals(Code.BUDGET_EXCEEDED, refusal.code());
      assertEquals(
          "the monthly budget of 0.05 USD has no room: 0.015 is spent, 0.015 is held, this request"
              + " needs up to 0.03; raise it or wait until it resets at 2026-12-01T00:00:00Z",
          refusal.detail());
      assertEquals("2026-12-01T00:00:00Z", refusal.context().get("resets_at"));
    }
  }

  @Test
  void takesWhatFitsToTheLastNano() {
    try (var room = setup().budget("0.03", true).start()) {
      await(room.hold(room.attempt("a", 1000, 1000)));
      assertUsd("0.00", room.budget().remainingUsd());
    }
  }

  @Test
  void refusesNothingWhereTheBudgetOnlyWarns() {
    try (var room = setup().budget("0.01", false).start()) {
      assertEquals(0, await(room.hold(room.attempt("a", 1000, 1000))).maxCostNanos());
      assertUsd("0.00", room.budget().heldUsd());
      assertEquals("warn", room.budget().mode());
    }
  }

  @Test
  void holdsNothingWithoutABudget() {
    try (var room = setup().start()) {
      assertEquals(0, await(room.hold(room.attempt("a", 1000, 1000))).maxCostNanos());
      assertEquals("none", room.budget().mode());
      assertEquals(null, room.budget().limitUsd());
    }
  }

  @Test
  void letsAFreeAttemptThroughASpentBudget() {
    try (var room = setup().budget("0.015", true).start()) {
      room.spend("a", 1000, 0);
      var free = room.attempt("b", "local", "mistral", 1000, 1000);
      assertEquals(0, await(room.hold(free)).maxCostNanos());
    }
  }

  @Test
  void refusesAModelWithoutAPriceAndSaysHowToSetOne() {
    try (var room = setup().start()) {
      var refusal =
          failure(room.hold(room.attempt("a", "google", "unpriced", 1, 1)), Failure.class);
      assertEquals(Code.BAD_REQUEST, refusal.code());
      assertTrue(refusal.detail().contains("`cost_per_1k_tokens`"), refusal.detail());
      assertTrue(refusal.detail().contains("`unknown_price`"), refusal.detail());
    }
  }

  @Test
  void holdsTheCapForAModelWithoutAPrice() {
    try (var room = setup().budget("50", true).cap(Price.flat(100_000_000)).start()) {
      var attempt = room.attempt("a", "google", "unpriced", 10, 0);
      assertEquals(1_000_000, await(room.hold(attempt)).maxCostNanos());
    }
  }

  @Test
  void refusesACountBeyondBelief() {
    try (var room = setup().budget("50", true).start()) {
      var refusal = failure(room.hold(room.attempt("a", Long.MAX_VALUE, 1)), Failure.class);
      assertEquals(Code.BAD_REQUEST, refusal.code());
    }
  }

  @Test
  void refusesASecondHoldOfOneAttempt() {
    try (var room = setup().budget("50", true).start()) {
      await(room.hold(room.attempt("a", 1000, 0)));
      var refusal = failure(room.hold(room.attempt("a", 1000, 0)), Failure.class);
      assertEquals(Code.CONFLICT, refusal.code());
      assertUsd("0.015", room.budget().heldUsd());
    }
  }

  @Test
  void startsTheNextMonthWithAFreshBudget() {
    try (var room = setup().at("2026-11-30T23:59:59Z").budget("0.03", true).start()) {
      var late = room.attempt("a", 2000, 0);
      await(room.hold(late));
      assertEquals("2026-11", room.budget().period());
      room.clock.set("2026-12-01T00:00:00Z");
      assertUsd("0.00", room.budget().spentUsd());
      await(room.hold(room.attempt("b", 2000, 0)));
      await(room.settle(late, TokenUsage.of(1000, 0)));
      assertUsd("0.00", room.budget().spentUsd());
      assertUsd("0.03", room.budget().heldUsd());
      room.clock.set("2026-11-30T23:59:59Z");
      assertUsd("0.015", room.budget().spentUsd());
      assertUsd("0.00", room.budget().heldUsd());
    }
  }

  @Test
  void isReadyWhileTheStoreAnswers() {
    try (var room = setup().start()) {
      assertTrue(await(room.bus.ask(ReadyCalls.USAGE, new ReadyCalls.AskReady())).ready());
      await(room.database.close());
      assertTrue(!await(room.bus.ask(ReadyCalls.USAGE, new ReadyCalls.AskReady())).ready());
    }
  }
}

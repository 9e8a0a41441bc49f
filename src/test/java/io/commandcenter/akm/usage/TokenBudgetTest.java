package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static io.commandcenter.akm.testkit.TestVertx.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.grants.SpendLimit.Window;
import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.store.BudgetStore;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.commandcenter.akm.usage.UsageRoom.Setup;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dollar limits of tokens: 1,000 input tokens are held at 0.015 USD. */
class TokenBudgetTest {
  private static final long CENT = 10_000_000;
  private static final SpendLimit CHILD = new SpendLimit("tok_child", Window.TOTAL, 3 * CENT);
  private static final SpendLimit PARENT = new SpendLimit("tok_parent", Window.MONTH, 4 * CENT);

  @TempDir Path folder;

  private static Hold of(UsageRoom room, String id, SpendLimit... limits) {
    var plain = room.attempt(id, 1000, 0);
    return with(plain, limits);
  }

  static Hold with(Hold plain, SpendLimit... limits) {
    return new Hold(
        plain.requestId(),
        plain.attempt(),
        plain.task(),
        plain.operation(),
        plain.provider(),
        plain.model(),
        plain.keyId(),
        plain.principal(),
        plain.maxInputTokens(),
        plain.maxOutputTokens(),
        plain.startedAt(),
        plain.tags(),
        List.of(limits));
  }

  private static Optional<Budget> at(UsageRoom room, SpendLimit limit) {
    var key = PeriodKey.of(limit, room.clock.instant());
    return await(new BudgetStore(room.database).find(key));
  }

  private static Budget budget(UsageRoom room, SpendLimit limit) {
    return at(room, limit).orElseThrow();
  }

  private static long rows(UsageRoom room, String table) {
    return await(room.database.read("select count(*) as n from " + table, Tuple.tuple()))
        .iterator()
        .next()
        .getLong("n");
  }

  @Test
  void holdsInEveryBudgetThatApplies() {
    try (var room = Setup.in(folder).budget("50", true).start()) {
      await(room.hold(of(room, "a", CHILD, PARENT)));
      assertEquals("0.015", room.budget().heldUsd().toPlainString());
      assertEquals(new Budget(3 * CENT, 0, 15_000_000), budget(room, CHILD));
      assertEquals(new Budget(4 * CENT, 0, 15_000_000), budget(room, PARENT));
    }
  }

  @Test
  void holdsForATokenThoughNoMonthlyBudgetIsSet() {
    try (var room = Setup.in(folder).start()) {
      var attempt = of(room, "a", CHILD);
      assertEquals(15_000_000, await(room.hold(attempt)).maxCostNanos());
      await(room.settle(attempt, TokenUsage.of(500, 0)));
      assertEquals(new Budget(3 * CENT, 7_500_000, 0), budget(room, CHILD));
      assertEquals("0.0075", room.budget().spentUsd().toPlainString());
      assertEquals(0, rows(room, "hold_share"));
    }
  }

  @Test
  void settlesAndChargesEachOnce() {
    try (var room = Setup.in(folder).budget("50", true).start()) {
      var attempt = of(room, "a", CHILD, PARENT);
      await(room.hold(attempt));
      await(room.settle(attempt, TokenUsage.of(500, 0)));
      assertTrue(await(room.settle(attempt, TokenUsage.of(500, 0))).duplicate());
      for (var limit : List.of(CHILD, PARENT)) {
        assertEquals(new Budget(limit.limitNanos(), 7_500_000, 0), budget(room, limit));
      }
      assertEquals("0.0075", room.budget().spentUsd().toPlainString());
      assertEquals("0.00", room.budget().heldUsd().toPlainString());
      assertEquals(0, rows(room, "hold_share"));
    }
  }

  /** Seen failing with what was raised before the refusal not taken back. */
  @Test
  void takesNothingAnywhereIfOneBudgetHasNoRoomAndNamesIt() {
    try (var room = Setup.in(folder).budget("50", true).start()) {
      await(room.hold(of(room, "a", PARENT)));
      await(room.hold(of(room, "b", PARENT)));
      var refusal = failure(room.hold(of(room, "c", CHILD, PARENT)), Failure.class);
      assertEquals(Code.BUDGET_EXCEEDED, refusal.code());
      assertEquals(
          "the monthly limit of token tok_parent of 0.04 USD has no room: 0.00 is spent, 0.03 is"
              + " held, this request needs up to 0.015; ask for a token with more or wait until it"
              + " resets at 2026-12-01T00:00:00Z",
          refusal.detail());
      assertEquals("token:tok_parent:month", refusal.context().get("budget"));
      assertEquals(new Budget(3 * CENT, 0, 0), budget(room, CHILD));
      assertEquals("0.03", room.budget().heldUsd().toPlainString());
      assertEquals(2, rows(room, "budget_hold"));
    }
  }

  @Test
  void namesTheMonthlyBudgetWhereThatHasNoRoom() {
    try (var room = Setup.in(folder).budget("0.01", true).start()) {
      var refusal = failure(room.hold(of(room, "a", CHILD)), Failure.class);
      assertEquals("monthly", refusal.context().get("budget"));
      assertFalse(at(room, CHILD).isPresent());
    }
  }

  @Test
  void chargesATokenAlsoForWhatWasNotHeld() {
    try (var room = Setup.in(folder).start()) {
      await(room.settle(of(room, "a", CHILD, PARENT), TokenUsage.of(1000, 0)));
      assertEquals(new Budget(3 * CENT, 15_000_000, 0), budget(room, CHILD));
      assertEquals(new Budget(4 * CENT, 15_000_000, 0), budget(room, PARENT));
    }
  }

  @Test
  void startsADayAfreshAndKeepsTheTotal() {
    var day = new SpendLimit("tok_child", Window.DAY, 15_000_000);
    try (var room = Setup.in(folder).at("2026-11-22T23:59:59Z").start()) {
      var late = of(room, "a", day, CHILD);
      await(room.hold(late));
      failure(room.hold(of(room, "b", day, CHILD)), Failure.class);
      room.clock.set("2026-11-23T00:00:00Z");
      await(room.hold(of(room, "c", day, CHILD)));
      await(room.settle(late, TokenUsage.of(1000, 0)));
      assertEquals(new Budget(15_000_000L, 0, 15_000_000), budget(room, day));
      assertEquals(new Budget(3 * CENT, 15_000_000, 15_000_000), budget(room, CHILD));
      failure(room.hold(of(room, "d", CHILD)), Failure.class);
    }
  }

  /** Seen failing with the shares of an earlier run not read. */
  @Test
  void recoversEveryBudgetOfAnOpenHoldAfterACrash() {
    for (var global : List.of("50", "")) {
      var path = folder.resolve("global" + global);
      assertTrue(path.toFile().mkdir());
      var setup = Setup.in(path);
      setup = global.isEmpty() ? setup : setup.budget(global, true);
      try (var room = setup.boot("boot-1").start()) {
        await(room.hold(of(room, "a", CHILD, PARENT)));
      }
      try (var room = setup.boot("boot-2").start()) {
        assertEquals(new Budget(3 * CENT, 15_000_000, 0), budget(room, CHILD));
        assertEquals(new Budget(4 * CENT, 15_000_000, 0), budget(room, PARENT));
        assertEquals("0.015", room.budget().spentUsd().toPlainString());
        assertEquals("0.00", room.budget().heldUsd().toPlainString());
        assertEquals(0, rows(room, "hold_share"));
        assertTrue(
            await(room.settle(of(room, "a", CHILD, PARENT), TokenUsage.of(1, 0))).duplicate());
        assertEquals(new Budget(3 * CENT, 15_000_000, 0), budget(room, CHILD));
      }
    }
  }
}

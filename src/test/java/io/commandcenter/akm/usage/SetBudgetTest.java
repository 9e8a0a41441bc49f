package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.AuditCalls.ListAudit;
import io.commandcenter.akm.contract.BudgetCalls;
import io.commandcenter.akm.contract.BudgetCalls.BudgetView;
import io.commandcenter.akm.contract.BudgetCalls.SetBudget;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Facts.BudgetCrossed;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.UsageCalls.Held;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.store.AuditStore;
import io.commandcenter.akm.usage.UsageRoom.Setup;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The budget that an admin sets while the service runs. */
class SetBudgetTest {
  private static final BigDecimal LOWERED = new BigDecimal("0.10");

  @TempDir Path folder;

  private static Future<BudgetView> ask(UsageRoom room, String usd, Boolean hard, Boolean remove) {
    var amount = usd == null ? null : new BigDecimal(usd);
    return room.bus.ask(BudgetCalls.SET_BUDGET, new SetBudget(amount, hard, remove, "tok_admin"));
  }

  private static BudgetView set(UsageRoom room, String usd, Boolean hard) {
    return await(ask(room, usd, hard, null));
  }

  private static Code refusal(Future<?> future) {
    return assertThrows(Failure.class, () -> await(future)).code();
  }

  @Test
  void isInForceFromTheNextHoldOn() {
    try (var room = Setup.in(folder).start()) {
      assertEquals("none", room.budget().source());
      await(room.hold(room.attempt("a", 100, 100)));
      var budget = set(room, "0.001", null);
      assertEquals("set hard", budget.source() + " " + budget.mode());
      assertEquals(Code.BUDGET_EXCEEDED, refusal(room.hold(room.attempt("b", 100, 100))));
      set(room, "1", null);
      await(room.hold(room.attempt("c", 100, 100)));
      assertEquals("0.003", room.budget().heldUsd().toPlainString());
    }
  }

  @Test
  void onlyWarnsWhenItIsToldTo() {
    try (var room = Setup.in(folder).budget("0.001", true).start()) {
      var budget = set(room, null, false);
      assertEquals("warn 0.001", budget.mode() + " " + budget.limitUsd().toPlainString());
      assertEquals(0, await(room.hold(room.attempt("a", 100, 100))).maxCostNanos());
    }
  }

  @Test
  void standsAboveTheFileAfterARestartUntilItIsRemoved() {
    try (var room = Setup.in(folder).budget("50", true).start()) {
      assertEquals("file", room.budget().source());
      set(room, "20", false);
    }
    try (var room = Setup.in(folder).budget("60", true).boot("boot-2").start()) {
      assertEquals("20.00", room.budget().limitUsd().toPlainString());
      assertEquals("set warn", room.budget().source() + " " + room.budget().mode());
      var budget = await(ask(room, null, null, true));
      assertEquals("60.00", budget.limitUsd().toPlainString());
      assertEquals("file hard", budget.source() + " " + budget.mode());
    }
    try (var room = Setup.in(folder).boot("boot-3").start()) {
      assertNull(room.budget().limitUsd());
      assertEquals("none", room.budget().source());
    }
  }

  @Test
  void holdsInTheNextMonthToo() {
    try (var room = Setup.in(folder).budget("50", true).start()) {
      set(room, "0.001", true);
      room.clock.set(YearMonth.of(2026, 12).atDay(3).atStartOfDay(ZoneOffset.UTC).toInstant());
      assertEquals(Code.BUDGET_EXCEEDED, refusal(room.hold(room.attempt("a", 100, 100))));
    }
  }

  /**
   * The limit is lowered from 0.30 to 0.10 USD under a hundred holds of 0.003: what was promised
   * before stands, and nothing is promised beyond the lower limit. Seen failing with the period's
   * row left as it was: 0.30 was held.
   */
  @Test
  void grantsNothingBeyondALimitThatIsLoweredUnderLoad() {
    try (var room = Setup.in(folder).budget("0.30", true).start()) {
      for (int round = 0; round < 10; round++) {
        var month = YearMonth.of(2027, 1).plusMonths(round);
        room.clock.set(month.atDay(2).atStartOfDay(ZoneOffset.UTC).toInstant());
        set(room, "0.30", true);
        playRound(room, round);
      }
    }
  }

  private static void playRound(UsageRoom room, int round) {
    List<Future<Held>> asked = new ArrayList<>();
    Future<BudgetView> lowered = null;
    for (int i = 0; i < 100; i++) {
      if (i == 10 + 5 * round) {
        lowered = ask(room, LOWERED.toPlainString(), null, null);
      }
      asked.add(room.hold(room.attempt("r" + round + "-" + i, 100, 100)));
    }
    var promised = await(lowered).heldUsd();
    await(Future.join(asked).transform(done -> Future.succeededFuture()));
    for (int i = 0; i < 40; i++) {
      var late = room.hold(room.attempt("late" + round + "-" + i, 100, 100));
      await(late.transform(done -> Future.succeededFuture()));
    }
    var held = room.budget().heldUsd();
    assertTrue(
        held.compareTo(promised.max(LOWERED)) <= 0,
        () -> held + " held, " + promised + " promised before");
  }

  @Test
  void takesNoLimitAwayFromRequestsThatHaveTheirPromise() {
    try (var room = Setup.in(folder).budget("0.30", true).start()) {
      var attempt = room.attempt("a", 1000, 1000);
      await(room.hold(attempt));
      var budget = set(room, "0.01", true);
      assertEquals("0.03", budget.heldUsd().toPlainString());
      assertEquals("0.00", budget.remainingUsd().toPlainString());
      await(room.settle(attempt, TokenUsage.of(1000, 1000)));
      assertEquals("0.03", room.budget().spentUsd().toPlainString());
    }
  }

  /** Seen failing with a refusal that reads the missing limit: the hold ended in a fault. */
  @Test
  void letsAHoldPassWhoseLimitWasJustTakenAway() {
    try (var room = Setup.in(folder).budget("0.30", true).start()) {
      await(
          room.database.write(
              connection ->
                  connection
                      .preparedQuery("update budget_period set limit_nanos = null")
                      .execute(Tuple.tuple())));
      assertEquals(0, await(room.hold(room.attempt("a", 100, 100))).maxCostNanos());
    }
  }

  /** Seen failing with the alert kept: it was told of once only. */
  @Test
  void tellsAgainOfAThresholdThatIsPassedAgain() {
    try (var room = Setup.in(folder).budget("0.30", true).start()) {
      for (int i = 0; i < 16; i++) {
        room.spend("a" + i, 1000, 0);
      }
      Polling.until(() -> room.crossed.size() == 1);
      set(room, "1", true);
      set(room, "0.30", true);
      Polling.until(() -> room.crossed.size() == 2);
      set(room, "0.20", true);
      Polling.until(() -> room.crossed.size() == 3);
      assertEquals(
          List.of(80, 80, 100), room.crossed.stream().map(BudgetCrossed::percent).toList());
      var events =
          await(room.database.read("select event_id from budget_alert", Tuple.tuple())).stream()
              .map(row -> row.getString(0))
              .toList();
      assertEquals(List.of("evt_boot-1_2026-11_100_2", "evt_boot-1_2026-11_80_1"), sorted(events));
    }
  }

  private static List<String> sorted(List<String> texts) {
    return texts.stream().sorted().toList();
  }

  @Test
  void standsInTheAuditLog() {
    try (var room = Setup.in(folder).start()) {
      set(room, "12.5", false);
      await(ask(room, null, null, true));
      var rows = await(new AuditStore(room.database).page(new ListAudit(10, null))).rows();
      var set = rows.stream().filter(row -> row.action().equals("budget.set")).findFirst();
      assertEquals("state=warn limit_usd=12.50", set.orElseThrow().detail());
      assertEquals("tok_admin monthly", set.get().principal() + " " + set.get().subject());
      assertTrue(rows.stream().anyMatch(row -> row.action().equals("budget.unset")));
    }
  }

  @Test
  void refusesAModeWithoutABudget() {
    try (var room = Setup.in(folder).start()) {
      assertEquals(Code.BAD_REQUEST, refusal(ask(room, null, true, null)));
    }
  }

  @ParameterizedTest
  @CsvSource({",,", "5,,true", ",true,true", ",,false", "-1,,", "1000000001,,", "0.0000000001,,"})
  void refusesWhatIsNoBudget(BigDecimal usd, Boolean hard, Boolean remove) {
    var failure = assertThrows(Failure.class, () -> new SetBudget(usd, hard, remove, "tok_admin"));
    assertEquals(Code.BAD_REQUEST, failure.code());
  }
}

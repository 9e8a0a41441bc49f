package io.commandcenter.akm.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.store.UsageRows.AlertRow;
import io.commandcenter.akm.store.UsageRows.HoldRow;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.commandcenter.akm.store.UsageRows.SettleResult;
import io.commandcenter.akm.store.UsageRows.UsageRow;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageStoreTest {
  private static final PeriodKey NOVEMBER = new PeriodKey("monthly", "2026-11");
  private static final PeriodKey DECEMBER = new PeriodKey("monthly", "2026-12");
  private static final Instant START = Instant.parse("2026-11-22T23:00:00.123Z");

  @TempDir Path folder;
  private Vertx vertx;
  private Database database;
  private BudgetStore budgets;
  private HoldStore holds;
  private UsageStore usage;
  private AlertStore alerts;

  @BeforeEach
  void open() throws Exception {
    vertx = Vertx.vertx();
    database = get(Database.open(vertx, folder.resolve("akm.db")));
    budgets = new BudgetStore(database);
    holds = new HoldStore(database);
    usage = new UsageStore(database);
    alerts = new AlertStore(database);
  }

  @AfterEach
  void close() throws Exception {
    get(database.close());
    get(vertx.close());
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.await(10, TimeUnit.SECONDS);
  }

  private static Hold attempt(String requestId) {
    return new Hold(
        requestId,
        1,
        "chat",
        "chat",
        "anthropic",
        "sonnet",
        "key_1",
        "tok_1",
        100,
        50,
        START,
        Map.of("team", "core"));
  }

  private boolean hold(String requestId, long nanos) throws Exception {
    return get(holds.take(new HoldRow(attempt(requestId), NOVEMBER, nanos, "boot-1"), 100)).taken();
  }

  private SettleResult settle(String requestId, long cost) throws Exception {
    return get(usage.settle(row(requestId, cost), DECEMBER, 100L, (k, b, c) -> List.of()));
  }

  private static UsageRow row(String requestId, long cost) {
    return new UsageRow(
        attempt(requestId),
        new TokenUsage(10, 4, 3, 2, 20, 5, false),
        "ok",
        200,
        null,
        12,
        cost,
        "catalogue",
        true);
  }

  private Budget november() throws Exception {
    return get(budgets.find(NOVEMBER)).orElseThrow();
  }

  @Test
  void takesHoldsUpToTheLimitAndNotBeyond() throws Exception {
    assertTrue(hold("a", 60));
    assertFalse(hold("b", 41));
    assertTrue(hold("c", 40));
    assertEquals(new Budget(100L, 0, 100), november());
  }

  @Test
  void refusesTheFirstHoldOfAPeriodThatIsTooLarge() throws Exception {
    var result = get(holds.take(new HoldRow(attempt("a"), NOVEMBER, 101, "boot-1"), 100));
    assertFalse(result.taken());
    assertEquals(new Budget(100L, 0, 0), result.budget());
  }

  @Test
  void refusesASecondHoldOfOneAttemptAndTakesItsSumBack() throws Exception {
    hold("a", 10);
    var failure =
        assertInstanceOf(Failure.class, assertThrows(Exception.class, () -> hold("a", 10)));
    assertEquals(Code.CONFLICT, failure.code());
    assertEquals(10, november().held());
  }

  @Test
  void chargesThePeriodOfTheHoldAndFreesIt() throws Exception {
    hold("a", 60);
    assertFalse(settle("a", 25).duplicate());
    assertEquals(new Budget(100L, 25, 0), november());
    assertEquals(Optional.empty(), get(budgets.find(DECEMBER)));
  }

  @Test
  void chargesTheGivenPeriodWithoutAHold() throws Exception {
    settle("a", 25);
    assertEquals(new Budget(100L, 25, 0), get(budgets.find(DECEMBER)).orElseThrow());
  }

  @Test
  void settlesASecondTimeWithoutACharge() throws Exception {
    hold("a", 60);
    settle("a", 25);
    assertEquals(new SettleResult(25, true, List.of()), settle("a", 99));
    assertEquals(new Budget(100L, 25, 0), november());
  }

  @Test
  void freesAHoldThatWasTakenAfterItsAttemptWasSettled() throws Exception {
    settle("a", 25);
    hold("a", 60);
    assertTrue(settle("a", 25).duplicate());
    assertEquals(new Budget(100L, 0, 0), november());
  }

  private Future<Budget> limited(long limit) {
    var seen = new AtomicReference<Budget>();
    return new BudgetLimits(database, new AuditStore(database))
        .open(
            NOVEMBER,
            limit,
            budget -> {
              seen.set(budget);
              return List.of();
            })
        .map(alerts -> seen.get());
  }

  @Test
  void keepsWhatWasSpentWhenTheLimitChanges() throws Exception {
    hold("a", 60);
    settle("a", 25);
    assertEquals(new Budget(20L, 25, 0), get(limited(20L)));
    assertFalse(hold("b", 1));
  }

  @Test
  void givesBackAHoldAsItWasTaken() throws Exception {
    hold("a", 60);
    var row = new HoldRow(attempt("a"), NOVEMBER, 60, "boot-1");
    assertEquals(List.of(row), get(holds.ofOtherBoots("boot-2")));
    assertEquals(List.of(), get(holds.ofOtherBoots("boot-1")));
  }

  @Test
  void sumsByProviderModelAndDay() throws Exception {
    settle("a", 25);
    settle("b", 75);
    var totals = new UsageTotals(database);
    var day = LocalDate.parse("2026-11-22");
    var all = get(totals.providers(day));
    assertEquals(new UsageRows.ProviderTotals("anthropic", 2, 78, 100, 2, 78, 100), all.get(0));
    assertEquals(0, get(totals.providers(day.plusDays(1))).get(0).recentRequests());
    var byDay = get(totals.between(UsageTotals.By.DAY, day, day, null));
    assertEquals(List.of(new UsageRows.UsageSum(null, null, day, 2, 0, 20, 8, 10, 40, 100)), byDay);
    var byModel = get(totals.between(UsageTotals.By.MODEL, day, day, "anthropic"));
    assertEquals("anthropic sonnet", byModel.get(0).provider() + " " + byModel.get(0).model());
    assertEquals(List.of(), get(totals.between(UsageTotals.By.PROVIDER, day, day, "openai")));
    assertEquals(
        List.of(),
        get(totals.between(UsageTotals.By.PROVIDER, day.plusDays(1), day.plusDays(9), null)));
  }

  @Test
  void keepsTheRawCountsOfAnAttempt() throws Exception {
    settle("a", 25);
    var row = get(database.read("select * from usage_event", Tuple.tuple())).iterator().next();
    assertEquals(START.toEpochMilli(), row.getLong("started_ms"));
    assertEquals(2, row.getLong("cache_write_long_tokens"));
    assertEquals(5, row.getLong("reasoning_tokens"));
    assertEquals("{\"team\":\"core\"}", row.getString("tags"));
    assertEquals("catalogue", row.getString("price_source"));
  }

  @Test
  void keepsAnAlertOnceAPeriodAndThreshold() throws Exception {
    var alert = alert("pending");
    assertEquals(List.of(alert), get(alerts.add(List.of(alert))));
    assertEquals(List.of(), get(alerts.add(List.of(alert))));
    assertEquals(List.of(alert), get(alerts.pending()));
  }

  @Test
  void countsTheAttemptsToDeliverAnAlert() throws Exception {
    get(alerts.add(List.of(alert("pending"))));
    get(alerts.attempted(alert("pending"), "pending"));
    assertEquals(1, get(alerts.pending()).get(0).attempts());
    get(alerts.attempted(alert("pending"), "delivered"));
    assertEquals(List.of(), get(alerts.pending()));
  }

  private static AlertRow alert(String state) {
    return new AlertRow(
        NOVEMBER, 80, 100, 85, Instant.ofEpochMilli(1_700_000_000_000L), "evt_1", state, 0);
  }

  @Test
  void theSchemaItselfRefusesToHoldMoreThanTheLimit() throws Exception {
    hold("a", 60);
    assertThrows(
        Exception.class,
        () ->
            get(
                database.write(
                    c -> c.query("update budget_period set held_nanos = 101").execute())));
  }
}

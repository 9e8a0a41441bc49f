package io.commandcenter.akm.usage;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static io.commandcenter.akm.testkit.TestVertx.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.UsageCalls;
import io.commandcenter.akm.contract.UsageCalls.Breakdown;
import io.commandcenter.akm.contract.UsageCalls.BreakdownView;
import io.commandcenter.akm.contract.UsageCalls.Report;
import io.commandcenter.akm.contract.UsageCalls.UsageView;
import io.commandcenter.akm.contract.Wire;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.usage.UsageRoom.Setup;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
  @TempDir Path folder;

  private static UsageView report(UsageRoom room, String provider) {
    return await(room.bus.ask(UsageCalls.REPORT, new Report(provider)));
  }

  private static BreakdownView breakdown(UsageRoom room, Breakdown ask) {
    return await(room.bus.ask(UsageCalls.BREAKDOWN, ask));
  }

  private static void use(
      UsageRoom room, String provider, String model, int requests, long tokensEach) {
    await(
        Future.all(
            IntStream.range(0, requests)
                .mapToObj(
                    i -> {
                      var id = provider + room.clock.instant() + i;
                      var attempt = room.attempt(id, provider, model, tokensEach, 0);
                      return room.hold(attempt)
                          .compose(v -> room.settle(attempt, TokenUsage.of(tokensEach - 1, 1)));
                    })
                .toList()));
  }

  /**
   * The original example, to the cent. In a month of 31 days its first day is older than 30 days on
   * its last one, so that totals, the last 30 days and the month's budget can all be as shown.
   */
  @Test
  void reportsTheExampleOfTheOriginalConfiguration() {
    try (var room = Setup.in(folder).at("2026-10-01T08:00:00Z").budget("50", true).start()) {
      use(room, "anthropic", "claude-3-opus", 1000, 300);
      room.clock.set("2026-10-02T00:00:00Z");
      use(room, "anthropic", "claude-3-opus", 500, 300);
      use(room, "openai", "gpt-4", 800, 300);
      room.clock.set("2026-10-31T23:00:00Z");
      assertEquals(
          new JsonObject(
              """
              {"providers": {
                "anthropic": {"total_requests": 1500, "total_tokens": 450000,
                  "estimated_cost": 6.75,
                  "last_30_days": {"requests": 500, "tokens": 150000, "cost": 2.25}},
                "openai": {"total_requests": 800, "total_tokens": 240000,
                  "estimated_cost": 7.20,
                  "last_30_days": {"requests": 800, "tokens": 240000, "cost": 7.20}},
                "google": {"total_requests": 0, "total_tokens": 0, "estimated_cost": 0.00,
                  "last_30_days": {"requests": 0, "tokens": 0, "cost": 0.00}},
                "local": {"total_requests": 0, "total_tokens": 0, "estimated_cost": 0.00,
                  "last_30_days": {"requests": 0, "tokens": 0, "cost": 0.00}}},
               "total_cost": 13.95, "budget_limit": 50.00, "budget_remaining": 36.05,
               "budget_period": "2026-10", "currency": "USD"}"""),
          new JsonObject(Wire.toJson(report(room, null)).encode()));
    }
  }

  @Test
  void namesTheProvidersInTheirConfiguredOrder() {
    try (var room = Setup.in(folder).start()) {
      assertEquals(
          List.of("anthropic", "openai", "google", "local"),
          List.copyOf(report(room, null).providers().keySet()));
    }
  }

  @Test
  void reportsOneProviderAlone() {
    try (var room = Setup.in(folder).start()) {
      use(room, "anthropic", "claude-3-opus", 1, 1000);
      use(room, "openai", "gpt-4", 1, 1000);
      var view = report(room, "openai");
      assertEquals(List.of("openai"), List.copyOf(view.providers().keySet()));
      assertEquals("0.03", view.totalCost().toPlainString());
      assertEquals(null, view.budgetLimit());
      assertEquals(null, view.budgetRemaining());
    }
  }

  @Test
  void keepsReportingAProviderThatIsNoLongerConfigured() {
    try (var room = Setup.in(folder).start()) {
      await(
          room.database.write(
              c ->
                  c.query(
                          "insert into usage_day values"
                              + " ('2026-01-01', 'gone', 'm', 1, 0, 5, 0, 0, 0, 7)")
                      .execute()));
      assertEquals(1, report(room, "gone").providers().get("gone").totalRequests());
    }
  }

  @Test
  void refusesAProviderThatNobodyKnows() {
    try (var room = Setup.in(folder).start()) {
      var refusal = failure(room.bus.ask(UsageCalls.REPORT, new Report("nobody")), Failure.class);
      assertEquals(Code.UNKNOWN_PROVIDER, refusal.code());
      assertTrue(refusal.detail().contains("anthropic, openai, google, local"));
    }
  }

  @Test
  void neverReportsLessThanNothingOfTheBudget() {
    try (var room = Setup.in(folder).budget("0.01", false).start()) {
      use(room, "anthropic", "claude-3-opus", 1, 1000);
      assertEquals("0.00", report(room, null).budgetRemaining().toPlainString());
    }
  }

  @Test
  void breaksUsageDownByModelWithItsErrors() {
    try (var room = Setup.in(folder).start()) {
      var attempt = room.attempt("a", 100, 10);
      await(room.settle(attempt, new TokenUsage(10, 20, 30, 40, 5, 1, false)));
      await(room.settle(room.attempt("b", 9, 9), TokenUsage.NONE, "overloaded", 529, null));
      var view = breakdown(room, new Breakdown("model", null, null, null));
      assertEquals(LocalDate.parse("2026-10-24"), view.from());
      assertEquals(LocalDate.parse("2026-11-22"), view.to());
      var row = view.rows().get(0);
      assertEquals("anthropic/claude-3-opus", row.provider() + "/" + row.model());
      assertEquals(2, row.requests());
      assertEquals(1, row.errors());
      assertEquals(20, row.cacheReadTokens());
      assertEquals(70, row.cacheWriteTokens());
      assertEquals(105, row.totalTokens());
    }
  }

  @Test
  void breaksUsageDownByDayAndProvider() {
    try (var room = Setup.in(folder).start()) {
      use(room, "anthropic", "claude-3-opus", 2, 1000);
      room.clock.set("2026-11-23T00:00:00Z");
      use(room, "openai", "gpt-4", 1, 1000);
      var days = breakdown(room, new Breakdown("day", null, null, null)).rows();
      assertEquals(
          List.of(LocalDate.parse("2026-11-22"), LocalDate.parse("2026-11-23")),
          days.stream().map(row -> row.day()).toList());
      var openai = breakdown(room, new Breakdown("provider", null, null, "openai")).rows();
      assertEquals("0.03", openai.get(0).costUsd().toPlainString());
      assertEquals(1, openai.size());
    }
  }

  @Test
  void refusesDaysBeyondReason() {
    try (var room = Setup.in(folder).start()) {
      for (var ask :
          List.of(
              new Breakdown("day", LocalDate.parse("2026-12-01"), null, null),
              new Breakdown("day", null, LocalDate.MAX, null),
              new Breakdown("day", LocalDate.MIN, null, null))) {
        var refusal = failure(room.bus.ask(UsageCalls.BREAKDOWN, ask), Failure.class);
        assertEquals(Code.BAD_REQUEST, refusal.code());
      }
    }
  }
}

package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.BudgetCalls.BudgetView;
import io.commandcenter.akm.contract.Checks;
import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.UsageCalls.Breakdown;
import io.commandcenter.akm.contract.UsageCalls.BreakdownRow;
import io.commandcenter.akm.contract.UsageCalls.BreakdownView;
import io.commandcenter.akm.contract.UsageCalls.ProviderUsage;
import io.commandcenter.akm.contract.UsageCalls.RecentUsage;
import io.commandcenter.akm.contract.UsageCalls.Report;
import io.commandcenter.akm.contract.UsageCalls.UsageView;
import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.store.BudgetStore;
import io.commandcenter.akm.store.UsageRows.ProviderTotals;
import io.commandcenter.akm.store.UsageRows.UsageSum;
import io.commandcenter.akm.store.UsageTotals;
import io.vertx.core.Future;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was used and spent, from the daily aggregates. */
final class Reports {
  private static final int RECENT_DAYS = 30;

  private final UsageTotals totals;
  private final BudgetStore budgets;
  private final MonthlyBudget budget;
  private final List<String> providers;

  /**
   * @param providers configured ones, in their order; they appear also without usage
   */
  Reports(UsageTotals totals, BudgetStore budgets, MonthlyBudget budget, List<String> providers) {
    this.totals = totals;
    this.budgets = budgets;
    this.budget = budget;
    this.providers = providers;
  }

  Future<UsageView> usage(Report report) {
    if (report.provider() != null) {
      Checks.name(report.provider(), "provider");
    }
    return totals
        .providers(today().minusDays(RECENT_DAYS - 1))
        .map(rows -> byProvider(rows, report.provider()))
        .compose(shown -> period().map(period -> view(shown, period)));
  }

  private UsageView view(Map<String, ProviderTotals> shown, Budget period) {
    Map<String, ProviderUsage> usage = new LinkedHashMap<>();
    shown.forEach((provider, sums) -> usage.put(provider, providerUsage(sums)));
    long cost = shown.values().stream().mapToLong(ProviderTotals::costNanos).sum();
    return new UsageView(
        usage,
        Usd.ofNanos(cost),
        usd(period.limit()),
        usd(period.remaining()),
        budget.period().id(),
        "USD");
  }

  private Map<String, ProviderTotals> byProvider(List<ProviderTotals> rows, String only) {
    Map<String, ProviderTotals> all = new LinkedHashMap<>();
    providers.forEach(name -> all.put(name, new ProviderTotals(name, 0, 0, 0, 0, 0, 0)));
    rows.forEach(row -> all.put(row.provider(), row));
    if (only == null) {
      return all;
    }
    if (!all.containsKey(only)) {
      throw new Failure(
          Code.UNKNOWN_PROVIDER,
          "no provider of this name is configured or was used; use one of " + all.keySet());
    }
    return Map.of(only, all.get(only));
  }

  private static ProviderUsage providerUsage(ProviderTotals sums) {
    return new ProviderUsage(
        sums.requests(),
        sums.tokens(),
        Usd.ofNanos(sums.costNanos()),
        new RecentUsage(
            sums.recentRequests(), sums.recentTokens(), Usd.ofNanos(sums.recentCostNanos())));
  }

  Future<BreakdownView> breakdown(Breakdown ask) {
    var to = ask.to() == null ? today() : ask.to();
    Checks.range(to.getYear(), "to", 1971, 9999);
    var from = ask.from() == null ? to.minusDays(RECENT_DAYS - 1) : ask.from();
    Checks.range(from.getYear(), "from", 1970, 9999);
    if (from.isAfter(to)) {
      throw Failure.badRequest("`from` must not be after `to`, which is today if not given");
    }
    var by = UsageTotals.By.valueOf(ask.by().toUpperCase(Locale.ROOT));
    return totals
        .between(by, from, to, ask.provider())
        .map(
            sums ->
                new BreakdownView(
                    ask.by(), from, to, sums.stream().map(Reports::breakdownRow).toList()));
  }

  private static BreakdownRow breakdownRow(UsageSum sum) {
    return new BreakdownRow(
        sum.provider(),
        sum.model(),
        sum.day(),
        sum.requests(),
        sum.errors(),
        sum.inputTokens(),
        sum.cacheReadTokens(),
        sum.cacheWriteTokens(),
        sum.outputTokens(),
        sum.inputTokens() + sum.cacheReadTokens() + sum.cacheWriteTokens() + sum.outputTokens(),
        Usd.ofNanos(sum.costNanos()));
  }

  Future<BudgetView> budget() {
    return period()
        .map(
            period ->
                new BudgetView(
                    budget.mode(),
                    budget.period().id(),
                    usd(period.limit()),
                    Usd.ofNanos(period.settled()),
                    Usd.ofNanos(period.held()),
                    usd(period.remaining()),
                    budget.period().resetsAt(),
                    budget.source(),
                    usd(budget.period().forecast(period.settled(), budget.clock().instant()))));
  }

  private Future<Budget> period() {
    return budgets.find(budget.current()).map(found -> found.orElseGet(budget::unused));
  }

  private LocalDate today() {
    return LocalDate.ofInstant(budget.clock().instant(), ZoneOffset.UTC);
  }

  private static BigDecimal usd(Long nanos) {
    return nanos == null ? null : Usd.ofNanos(nanos);
  }
}

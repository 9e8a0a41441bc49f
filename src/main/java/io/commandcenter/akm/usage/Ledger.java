package io.commandcenter.akm.usage;

import io.commandcenter.akm.contract.Checks;
import io.commandcenter.akm.contract.UsageCalls.Held;
import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.contract.UsageCalls.Settle;
import io.commandcenter.akm.contract.UsageCalls.Settled;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.money.Usd;
import io.commandcenter.akm.store.HoldStore;
import io.commandcenter.akm.store.UsageRows.HoldRow;
import io.commandcenter.akm.store.UsageRows.Limited;
import io.commandcenter.akm.store.UsageRows.PeriodKey;
import io.commandcenter.akm.store.UsageRows.SettleResult;
import io.commandcenter.akm.store.UsageRows.UsageRow;
import io.commandcenter.akm.store.UsageStore;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes holds, settles them exactly once, and settles what an earlier run has left open. */
final class Ledger {
  private static final Logger log = LoggerFactory.getLogger(Ledger.class);
  private static final int MAX_NAME = 256;
  // Charged or not, these have been at the provider even where no status came back.
  private static final Set<String> REACHED = Set.of("ok", "unknown", "timeout");

  private final HoldStore holds;
  private final UsageStore usage;
  private final Pricing pricing;
  private final MonthlyBudget budget;
  private final Announcements announcements;

  Ledger(
      HoldStore holds,
      UsageStore usage,
      Pricing pricing,
      MonthlyBudget budget,
      Announcements announcements) {
    this.holds = holds;
    this.usage = usage;
    this.pricing = pricing;
    this.budget = budget;
    this.announcements = announcements;
  }

  /** Nothing is written where no hard budget applies, or the attempt is free. */
  Future<Held> hold(Hold attempt) {
    Checks.range(attempt.maxInputTokens(), "max_input_tokens", 0, Pricing.MAX_TOKENS);
    Checks.range(attempt.maxOutputTokens(), "max_output_tokens", 0, Pricing.MAX_TOKENS);
    long max = pricing.maxCost(attempt);
    var id = "hold_" + attempt.requestId() + "_" + attempt.attempt();
    var budgets = budgets(attempt);
    if (max == 0) {
      return Future.succeededFuture(new Held(id, 0));
    }
    return take(attempt, budgets, max, id);
  }

  private Future<Held> take(Hold attempt, List<Limited> budgets, long max, String id) {
    if (budgets.isEmpty()) {
      return Future.succeededFuture(new Held(id, 0));
    }
    var row = new HoldRow(attempt, budgets.get(0).key(), max, budget.bootId());
    return holds
        .take(row, budgets)
        .compose(
            result -> {
              if (result.taken()) {
                return Future.succeededFuture(new Held(id, max));
              }
              // Its limit was taken away while the hold was on its way.
              return result.budget().limit() == null
                  ? take(attempt, without(budgets, result.key()), max, id)
                  : Future.failedFuture(Refusals.of(result, max, budget));
            });
  }

  private static List<Limited> without(List<Limited> budgets, PeriodKey key) {
    return budgets.stream().filter(each -> !each.key().equals(key)).toList();
  }

  /** Every hard budget that applies: the month's, the token's own, its ancestors'. */
  private List<Limited> budgets(Hold attempt) {
    var month = budget.hardLimit();
    if (attempt.limits().isEmpty()) {
      return month.stream().toList();
    }
    var all = new ArrayList<Limited>();
    month.ifPresent(all::add);
    for (var limit : attempt.limits()) {
      all.add(new Limited(PeriodKey.of(limit, attempt.startedAt()), limit.limitNanos()));
    }
    return all;
  }

  Future<Settled> settle(Settle settle) {
    return record(row(settle))
        .map(
            result ->
                new Settled(
                    result.costNanos(), Usd.ofNanos(result.costNanos()), result.duplicate()));
  }

  /** The attempt as it is kept, priced. */
  UsageRow row(Settle settle) {
    var used = Pricing.believable(settle.usage() == null ? TokenUsage.NONE : settle.usage());
    var price = pricing.ofSettled(settle);
    var status =
        settle.httpStatus() == null || settle.httpStatus() == 0 ? null : settle.httpStatus();
    return new UsageRow(
        settle.attempt(),
        used,
        settle.outcome(),
        status,
        served(settle),
        Math.max(0, settle.latencyMs()),
        price.costNanos(used),
        price.source(),
        status != null || used.total() > 0 || REACHED.contains(settle.outcome()));
  }

  /** Many attempts in one commit. */
  Future<Void> recordAll(List<UsageRow> rows) {
    return usage
        .settleAll(
            rows,
            row -> MonthlyBudget.keyAt(row.attempt().startedAt()),
            budget.limit(),
            budget::crossed)
        .map(
            alerts -> {
              rows.forEach(announcements::recorded);
              announcements.crossed(alerts);
              return null;
            });
  }

  /** Kept only where it says something new; a provider's answer is not trusted to be short. */
  private static String served(Settle settle) {
    var served = settle.servedModel();
    return served == null || served.length() > MAX_NAME || served.equals(settle.attempt().model())
        ? null
        : served;
  }

  /** Settles the holds of earlier runs at their maximum; gives their number. */
  Future<Integer> recover() {
    return holds
        .ofOtherBoots(budget.bootId())
        .compose(
            left ->
                Future.all(left.stream().map(this::settleAtMaximum).toList())
                    .map(done -> reportRecovered(left)));
  }

  private Future<SettleResult> settleAtMaximum(HoldRow hold) {
    var attempt = hold.attempt();
    var most =
        new TokenUsage(attempt.maxInputTokens(), 0, 0, 0, attempt.maxOutputTokens(), 0, true);
    return record(
        new UsageRow(attempt, most, "unknown", null, null, 0, hold.maxNanos(), "hold", true));
  }

  private static int reportRecovered(List<HoldRow> left) {
    if (!left.isEmpty()) {
      log.warn(
          "{} attempts were in flight when the server last ended; they are settled at their maximum",
          left.size());
    }
    return left.size();
  }

  /** Counts the row in every budget it belongs to, exactly once. */
  Future<SettleResult> record(UsageRow row) {
    return usage
        .settle(
            row, MonthlyBudget.keyAt(row.attempt().startedAt()), budget.limit(), budget::crossed)
        .map(
            result -> {
              if (!result.duplicate()) {
                announcements.recorded(row);
              }
              announcements.crossed(result.alerts());
              return result;
            });
  }
}

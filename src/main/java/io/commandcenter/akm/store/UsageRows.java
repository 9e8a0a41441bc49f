package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.money.Budget;
import io.commandcenter.akm.core.money.TokenUsage;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** What the usage tables hold, as records. */
public final class UsageRows {
  private UsageRows() {}

  /** A period of a budget, for example {@code monthly}, {@code 2026-11}. */
  public record PeriodKey(String budget, String period) {
    /** Of a token's own limit. */
    public static PeriodKey of(SpendLimit limit, Instant at) {
      return new PeriodKey(limit.budget(), limit.period(at));
    }
  }

  /** A period with the limit that it gets when it is used for the first time. */
  public record Limited(PeriodKey key, long limitNanos) {}

  /** A limit that an admin has set, over the configuration's. */
  public record SetLimit(long limitNanos, boolean hard) {}

  /**
   * @param key the first budget that it takes part in
   * @param maxNanos above 0
   * @param bootId the run of the server that took it
   */
  public record HoldRow(Hold attempt, PeriodKey key, long maxNanos, String bootId) {}

  /**
   * @param taken false if it did not fit
   * @param key the budget that had no room, or the last of those that had
   * @param budget after the hold, or as it was if it did not fit
   */
  public record HoldResult(boolean taken, PeriodKey key, Budget budget) {}

  /**
   * @param reached whether the attempt counts as a request at the provider
   */
  public record UsageRow(
      Hold attempt,
      TokenUsage usage,
      String outcome,
      Integer httpStatus,
      String servedModel,
      long latencyMs,
      long costNanos,
      String priceSource,
      boolean reached) {}

  /**
   * @param costNanos what the attempt has cost; the first settle's if this one is a duplicate
   * @param alerts those that are new
   */
  public record SettleResult(long costNanos, boolean duplicate, List<AlertRow> alerts) {
    public SettleResult {
      alerts = List.copyOf(alerts);
    }
  }

  /**
   * @param state unsent, pending, delivered or failed
   * @param attempts to deliver it, so far
   */
  public record AlertRow(
      PeriodKey key,
      int percent,
      long limitNanos,
      long settledNanos,
      Instant crossedAt,
      String eventId,
      String state,
      int attempts) {}

  /**
   * @param recentRequests and the other recent ones: since the day asked for
   */
  public record ProviderTotals(
      String provider,
      long requests,
      long tokens,
      long costNanos,
      long recentRequests,
      long recentTokens,
      long recentCostNanos) {}

  /**
   * @param provider null unless grouped by provider or model
   * @param model null unless grouped by model
   * @param day null unless grouped by day
   */
  public record UsageSum(
      String provider,
      String model,
      LocalDate day,
      long requests,
      long errors,
      long inputTokens,
      long cacheReadTokens,
      long cacheWriteTokens,
      long outputTokens,
      long costNanos) {}
}

package io.commandcenter.akm.contract;

import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.core.routing.ErrorClass;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** The usage room's calls: money held before it is spent, and what was spent. */
public final class UsageCalls {
  public static final Call<Hold, Held> HOLD =
      Call.node(
          "akm.usage.hold.v1",
          Hold.class,
          Held.class,
          "Reserves an attempt's upper bound in every hard budget, durably, or BUDGET_EXCEEDED.",
          Code.BUDGET_EXCEEDED,
          Code.CONFLICT);
  public static final Call<Settle, Settled> SETTLE =
      Call.node(
          "akm.usage.settle.v1",
          Settle.class,
          Settled.class,
          "Records an attempt and frees its hold, durably and exactly once.");
  public static final Call<Report, UsageView> REPORT =
      Call.cluster(
          "akm.usage.report.v1",
          Report.class,
          UsageView.class,
          "Totals and the last 30 days by provider, and the budget.",
          Code.UNKNOWN_PROVIDER);
  public static final Call<Breakdown, BreakdownView> BREAKDOWN =
      Call.cluster(
          "akm.usage.breakdown.v1",
          Breakdown.class,
          BreakdownView.class,
          "Usage between two days by provider, model or day.");
  public static final Call<Estimate, EstimateView> ESTIMATE =
      Call.cluster(
          "akm.usage.estimate.v1",
          Estimate.class,
          EstimateView.class,
          "What a request would cost, from tokens or text.",
          Code.UNKNOWN_PROVIDER,
          Code.UNKNOWN_MODEL);
  public static final Call<ShowBudget, BudgetView> BUDGET =
      Call.cluster(
          "akm.usage.budget.v1",
          ShowBudget.class,
          BudgetView.class,
          "The budget of the current month.");

  public static final Call<SetBudget, BudgetView> SET_BUDGET =
      Call.cluster(
          "akm.usage.set-budget.v1",
          SetBudget.class,
          BudgetView.class,
          "Sets the budget of this and the coming months over the configuration's, from the next"
              + " hold on; or forgets what was set.",
          Code.SEALED);

  public static final Call<Track, Tracked> TRACK =
      Call.cluster(
          "akm.usage.track.v1",
          Track.class,
          Tracked.class,
          "Records a request that was made elsewhere, once for each principal and request id. It"
              + " counts in every budget and is never refused for one: it was spent.",
          Code.UNKNOWN_PROVIDER,
          Code.UNKNOWN_MODEL);

  public static final List<Call<?, ?>> ALL =
      List.of(HOLD, SETTLE, REPORT, BREAKDOWN, ESTIMATE, BUDGET, SET_BUDGET, TRACK);

  private UsageCalls() {}

  /**
   * @param attempt 1 for the first; (requestId, attempt) is unique
   * @param operation chat or embeddings
   * @param keyId null where the provider needs none
   * @param principal the caller's token id, or null
   * @param maxInputTokens an upper bound, not an estimate
   * @param maxOutputTokens what the provider is told as its limit
   * @param limits the dollar limits of the caller's token and its ancestors
   */
  public record Hold(
      String requestId,
      int attempt,
      String task,
      String operation,
      String provider,
      String model,
      String keyId,
      String principal,
      long maxInputTokens,
      long maxOutputTokens,
      Instant startedAt,
      Map<String, String> tags,
      List<SpendLimit> limits) {
    public Hold {
      limits = limits == null ? List.of() : List.copyOf(limits);
    }

    /** Of a caller without dollar limits of its own. */
    public Hold(
        String requestId,
        int attempt,
        String task,
        String operation,
        String provider,
        String model,
        String keyId,
        String principal,
        long maxInputTokens,
        long maxOutputTokens,
        Instant startedAt,
        Map<String, String> tags) {
      this(
          requestId,
          attempt,
          task,
          operation,
          provider,
          model,
          keyId,
          principal,
          maxInputTokens,
          maxOutputTokens,
          startedAt,
          tags,
          List.of());
    }
  }

  /**
   * @param maxCostNanos what is held, in nano-dollars; 0 if no hard budget applies
   */
  public record Held(String holdId, long maxCostNanos) {}

  /**
   * @param usage zero buckets if the provider charged nothing
   * @param outcome as in {@link RouterCalls.Attempt}
   * @param servedModel the model that the provider says has answered; null if it did not say
   */
  public record Settle(
      String holdId,
      Hold attempt,
      TokenUsage usage,
      String outcome,
      Integer httpStatus,
      String servedModel,
      long latencyMs) {}

  /**
   * @param duplicate true if this attempt was settled before; nothing was charged again
   */
  public record Settled(long costNanos, BigDecimal costUsd, boolean duplicate) {}

  /**
   * @param provider only this one, or null for all
   */
  public record Report(String provider) {}

  /**
   * @param budgetLimit of the current month; null without a budget
   * @param budgetRemaining limit less spent and held, never below 0; null without a budget
   */
  public record UsageView(
      Map<String, ProviderUsage> providers,
      BigDecimal totalCost,
      BigDecimal budgetLimit,
      BigDecimal budgetRemaining,
      String budgetPeriod,
      String currency) {}

  /**
   * @param estimatedCost in US dollars
   */
  public record ProviderUsage(
      long totalRequests,
      long totalTokens,
      BigDecimal estimatedCost,
      @com.fasterxml.jackson.annotation.JsonProperty("last_30_days") RecentUsage last30Days) {}

  public record RecentUsage(long requests, long tokens, BigDecimal cost) {}

  /**
   * @param by provider, model or day
   * @param from first day, UTC; null for 29 days before {@code to}
   * @param to last day, UTC; null for today
   */
  public record Breakdown(String by, LocalDate from, LocalDate to, String provider) {
    public Breakdown {
      if (!"provider".equals(by) && !"model".equals(by) && !"day".equals(by)) {
        throw Failure.badRequest("`by` must be provider, model or day");
      }
      if (from != null && to != null && from.isAfter(to)) {
        throw Failure.badRequest("`from` must not be after `to`");
      }
    }
  }

  public record BreakdownView(String by, LocalDate from, LocalDate to, List<BreakdownRow> rows) {
    public BreakdownView {
      rows = List.copyOf(rows);
    }
  }

  /**
   * @param errors attempts that did not end ok
   */
  public record BreakdownRow(
      String provider,
      String model,
      LocalDate day,
      long requests,
      long errors,
      long inputTokens,
      long cacheReadTokens,
      long cacheWriteTokens,
      long outputTokens,
      long totalTokens,
      BigDecimal costUsd) {}

  /**
   * @param model or {@code provider/model}
   * @param inputTokens instead of text
   * @param text instead of inputTokens; counted by the model's tokenizer where one is known
   * @param outputTokens 0 if null
   */
  public record Estimate(
      String provider, String model, Long inputTokens, Long outputTokens, String text) {
    public Estimate {
      if (provider != null) {
        Checks.name(provider, "provider");
      }
      Checks.text(model, "model", 256);
      Checks.optionalText(text, "text", 2_000_000);
      if ((text == null) == (inputTokens == null)) {
        throw Failure.badRequest("give either `input_tokens` or `text`");
      }
      Checks.range(inputTokens == null ? 0 : inputTokens, "input_tokens", 0, 1_000_000_000L);
      Checks.range(outputTokens == null ? 0 : outputTokens, "output_tokens", 0, 1_000_000_000L);
    }
  }

  /**
   * @param method given, tokenizer or characters
   * @param priceSource catalogue or configured
   */
  public record EstimateView(
      String provider,
      String model,
      long inputTokens,
      long outputTokens,
      BigDecimal costUsd,
      BigDecimal inputUsdPerMtok,
      BigDecimal outputUsdPerMtok,
      String method,
      String priceSource,
      List<String> notes) {
    public EstimateView {
      notes = List.copyOf(notes);
    }
  }

  public record ShowBudget() {}

  /**
   * @param monthlyUsd 0 to 1,000,000,000, with at most nine decimals; null leaves the limit
   * @param hard whether what does not fit is refused; null leaves it, or takes the configuration's
   *     where no budget is in force
   * @param remove true to forget what was set: the configuration's budget is in force again
   * @param by a token's id, or the name of a service of the bus
   */
  public record SetBudget(BigDecimal monthlyUsd, Boolean hard, Boolean remove, String by) {
    private static final BigDecimal LARGEST = BigDecimal.valueOf(1_000_000_000);

    public SetBudget {
      boolean sets = monthlyUsd != null || hard != null;
      if (sets == Boolean.TRUE.equals(remove)) {
        throw Failure.badRequest(
            "give `monthly_usd`, `hard` or both, or `remove`: true alone to go back to the"
                + " configuration's budget");
      }
      // The scale first: comparing 1E-1000000000 would spell it out.
      if (monthlyUsd != null
          && (monthlyUsd.scale() > 9
              || monthlyUsd.scale() < -9
              || monthlyUsd.signum() < 0
              || monthlyUsd.compareTo(LARGEST) > 0)) {
        throw Failure.badRequest(
            "`monthly_usd` must be between 0 and 1000000000, with at most nine decimals");
      }
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param mode hard or warn; none without a budget
   * @param period for example 2026-11
   * @param source file (the server's configuration) or set (by an admin, over the file's); none
   *     without a budget
   * @param forecastUsd what the month comes to at the pace of its days so far; null on its first
   *     day
   */
  public record BudgetView(
      String mode,
      String period,
      BigDecimal limitUsd,
      BigDecimal spentUsd,
      BigDecimal heldUsd,
      BigDecimal remainingUsd,
      Instant resetsAt,
      String source,
      BigDecimal forecastUsd) {}

  /**
   * @param requestId the caller's own name of the request: the same one is counted once
   * @param operation chat or embeddings; chat if null
   * @param inputTokens not from or to a cache; each of the counts is 0 if null
   * @param outcome as in {@link RouterCalls.Attempt}; ok if null
   * @param latencyMs at most a day; 0 if null
   * @param costUsd what it has cost; null to price it here
   * @param tags up to 16 labels, kept with the usage row
   * @param principal the caller's token id or service name; {@code bus} if null
   * @param limits the dollar limits of the caller's token and its ancestors; set by HTTP and MCP
   *     from the token, never by its bearer
   */
  public record Track(
      String requestId,
      String provider,
      String model,
      String operation,
      Long inputTokens,
      Long cacheReadTokens,
      Long cacheWriteTokens,
      Long outputTokens,
      String outcome,
      Long latencyMs,
      BigDecimal costUsd,
      String task,
      Map<String, String> tags,
      String principal,
      List<SpendLimit> limits) {
    private static final long MOST_TOKENS = 1_000_000_000L;
    private static final long DAY_MS = 86_400_000L;
    private static final BigDecimal DEAREST = BigDecimal.valueOf(1_000_000);

    public Track {
      Checks.name(requestId, "request_id");
      Checks.name(provider, "provider");
      Checks.text(model, "model", 256);
      operation = operation == null ? "chat" : operation;
      if (!operation.equals("chat") && !operation.equals("embeddings")) {
        throw Failure.badRequest("`operation` must be chat or embeddings");
      }
      inputTokens = count(inputTokens, "input_tokens", MOST_TOKENS);
      cacheReadTokens = count(cacheReadTokens, "cache_read_tokens", MOST_TOKENS);
      cacheWriteTokens = count(cacheWriteTokens, "cache_write_tokens", MOST_TOKENS);
      outputTokens = count(outputTokens, "output_tokens", MOST_TOKENS);
      latencyMs = count(latencyMs, "latency_ms", DAY_MS);
      outcome = outcome == null ? "ok" : outcome;
      checkOutcome(outcome);
      checkCost(costUsd);
      if (task != null) {
        Checks.name(task, "task");
      }
      tags = RouteRequest.checkedTags(tags);
      principal = principal == null ? "bus" : Checks.text(principal, "principal", 128);
      limits = limits == null ? List.of() : List.copyOf(limits);
    }

    private static Long count(Long value, String field, long most) {
      return Checks.range(value == null ? 0 : value, field, 0, most);
    }

    private static void checkOutcome(String outcome) {
      if (!outcome.equals("ok")
          && !outcome.equals("cancelled")
          && ErrorClass.ofSlug(outcome).isEmpty()) {
        throw Failure.badRequest(
            "`outcome` must be ok, cancelled or an error class such as rate-limit or timeout");
      }
    }

    private static void checkCost(BigDecimal cost) {
      // The scale first: comparing 1E-1000000000 would spell it out.
      if (cost != null
          && (cost.scale() > 18
              || cost.scale() < -9
              || cost.signum() < 0
              || cost.compareTo(DEAREST) > 0)) {
        throw Failure.badRequest("`cost_usd` must be between 0 and 1000000");
      }
    }

    /** The same request of this token, counted in its limits. */
    public Track from(Principal caller) {
      return new Track(
          requestId,
          provider,
          model,
          operation,
          inputTokens,
          cacheReadTokens,
          cacheWriteTokens,
          outputTokens,
          outcome,
          latencyMs,
          costUsd,
          task,
          tags,
          caller.id(),
          caller.grant().spending());
    }
  }

  /**
   * @param costUsd what is counted; the first record's if this is a duplicate
   * @param priceSource given, catalogue or configured; null if this is a duplicate
   * @param duplicate true if this request was recorded before; nothing was counted again
   * @param budgetRemainingUsd of the month, after it; null without a budget
   */
  public record Tracked(
      String requestId,
      String provider,
      String model,
      BigDecimal costUsd,
      String priceSource,
      boolean duplicate,
      BigDecimal budgetRemainingUsd) {}
}

package io.commandcenter.akm.contract;

import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.money.TokenUsage;
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
  public static final List<Call<?, ?>> ALL = List.of(HOLD, SETTLE, REPORT, BREAKDOWN, ESTIMATE);

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
}

package io.commandcenter.akm.contract;

import io.commandcenter.akm.core.grants.SpendLimit;
import io.commandcenter.akm.core.routing.ErrorClass;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The usage room's call for requests that were made elsewhere. */
public final class TrackCalls {
  public static final Call<Track, Tracked> TRACK =
      Call.cluster(
          "akm.usage.track.v1",
          Track.class,
          Tracked.class,
          "Records a request that was made elsewhere, once for each principal and request id. It"
              + " counts in every budget and is never refused for one: it was spent.",
          Code.UNKNOWN_PROVIDER,
          Code.UNKNOWN_MODEL);

  public static final List<Call<?, ?>> ALL = List.of(TRACK);

  private TrackCalls() {}

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

package io.commandcenter.akm.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What the rooms tell each other; published to every node. */
public final class Facts {
  public static final Fact<KeyChanged> KEY_CHANGED =
      new Fact<>(
          "akm.fact.key-changed.v1",
          KeyChanged.class,
          "A key was added, rotated, or changed its state: drop its leases, read it again.");
  public static final Fact<TokenChanged> TOKEN_CHANGED =
      new Fact<>(
          "akm.fact.token-changed.v1",
          TokenChanged.class,
          "A token was minted, rotated or revoked: drop it from caches.");
  public static final Fact<RoutingDecided> ROUTING_DECIDED =
      new Fact<>(
          "akm.fact.routing-decided.v1", RoutingDecided.class, "A request got a decision.", true);
  public static final Fact<RouteProgress> ROUTE_PROGRESS =
      new Fact<>(
          "akm.fact.route-progress.v1",
          RouteProgress.class,
          "How far a request with a call_id is; none is told of requests without one.",
          true);
  public static final Fact<UsageRecorded> USAGE_RECORDED =
      new Fact<>(
          "akm.fact.usage-recorded.v1", UsageRecorded.class, "An attempt was recorded.", true);
  public static final Fact<AttemptEnded> ATTEMPT_ENDED =
      new Fact<>(
          "akm.fact.attempt-ended.v1",
          AttemptEnded.class,
          "A provider answered, failed or stayed silent: the health room's food.",
          true);
  public static final Fact<HealthChanged> HEALTH_CHANGED =
      new Fact<>("akm.fact.health-changed.v1", HealthChanged.class, "A provider's health changed.");
  public static final Fact<BudgetCrossed> BUDGET_CROSSED =
      new Fact<>(
          "akm.fact.budget-crossed.v1",
          BudgetCrossed.class,
          "Spending crossed a threshold, once per threshold and period.");
  public static final Fact<ConfigChanged> CONFIG_CHANGED =
      new Fact<>(
          "akm.fact.config-changed.v1",
          ConfigChanged.class,
          "Another routing configuration is in force.");

  public static final Fact<NoticeRaised> NOTICE_RAISED =
      new Fact<>(
          "akm.fact.notice-raised.v1",
          NoticeRaised.class,
          "Something people must hear of, once: a key expires, a rotation is due, a decoy was used.");

  public static final List<Fact<?>> ALL =
      List.of(
          KEY_CHANGED,
          TOKEN_CHANGED,
          ROUTING_DECIDED,
          ROUTE_PROGRESS,
          USAGE_RECORDED,
          ATTEMPT_ENDED,
          HEALTH_CHANGED,
          BUDGET_CROSSED,
          CONFIG_CHANGED,
          NOTICE_RAISED);

  private Facts() {}

  /**
   * @param change added, updated, rotating (a rotation began), rotated (the new version is
   *     current), rolled-back, drained, enabled, disabled, revoked, expired, validated, cooled,
   *     rested (its rest ended early), frozen or thawed
   * @param entryId the one-time page it came from, or null
   */
  public record KeyChanged(
      String keyId,
      String provider,
      String label,
      String state,
      int version,
      String change,
      String entryId) {}

  /**
   * @param change minted, rotated or revoked; a revoked tree tells each of its tokens
   */
  public record TokenChanged(String tokenId, String change) {}

  /**
   * @param provider and model chosen first; null if no candidate may take the request
   */
  public record RoutingDecided(
      String requestId,
      String decisionId,
      String task,
      String provider,
      String model,
      Instant at) {}

  /**
   * @param stage decided, trying, failed or answered
   * @param provider and model: of this attempt; when decided, of the one tried first
   * @param attempt 1 for the first; 0 when decided
   * @param candidates how many may be tried; a candidate may be tried twice
   * @param detail one sentence; never the provider's raw words
   */
  public record RouteProgress(
      String callId,
      String stage,
      String provider,
      String model,
      int attempt,
      int candidates,
      String detail,
      Instant at) {}

  public record UsageRecorded(
      String requestId,
      int attempt,
      String task,
      String provider,
      String model,
      String outcome,
      long totalTokens,
      BigDecimal costUsd,
      Instant at) {}

  /**
   * @param keyId null without a key
   * @param keyVersion 0 without a key
   * @param outcome as in {@link RouterCalls.Attempt}
   */
  public record AttemptEnded(
      String provider,
      String keyId,
      int keyVersion,
      String outcome,
      Integer httpStatus,
      String detail,
      Instant at) {}

  /**
   * @param state up, down, probing or unknown
   */
  public record HealthChanged(String provider, String state, String detail, Instant at) {}

  /**
   * @param percent 80 or 100
   */
  public record BudgetCrossed(
      String budget,
      String period,
      int percent,
      BigDecimal limitUsd,
      BigDecimal spentUsd,
      Instant at) {}

  /**
   * @param eventId the same wherever this notice is told
   * @param kind for example key-expiring
   * @param subject the key's, token's or rotation's id
   * @param detail allow-listed text, as in an audit row
   */
  public record NoticeRaised(
      String eventId, String kind, String subject, String detail, Instant at) {}

  public record ConfigChanged(String what, Instant at) {}
}

package io.commandcenter.akm.contract;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** The router's calls: which provider may take a request, why, and the answer. */
public final class RouterCalls {
  public static final Call<RouteRequest, RouteAnswer> ROUTE =
      Call.cluster(
          "akm.router.route.v1",
          RouteRequest.class,
          RouteAnswer.class,
          "Routes a request and answers it; without prompt, messages and input it answers the decision only.",
          Code.UNKNOWN_PROVIDER,
          Code.UNKNOWN_MODEL,
          Code.UNKNOWN_TASK,
          Code.FORBIDDEN,
          Code.BUDGET_EXCEEDED,
          Code.RATE_LIMITED,
          Code.NO_CANDIDATE,
          Code.PROVIDER_FAILED,
          Code.CANCELLED,
          Code.CONFLICT,
          Code.SEALED);
  public static final Call<CancelRoute, Cancelled> CANCEL =
      Call.cluster(
          "akm.router.cancel.v1",
          CancelRoute.class,
          Cancelled.class,
          "Breaks off a request that runs under a call_id; only for the principal that runs it.");
  public static final Call<ShowRouting, RoutingView> ROUTING =
      Call.cluster(
          "akm.router.routing.v1",
          ShowRouting.class,
          RoutingView.class,
          "The routing configuration in force.");
  public static final Call<ShowProviders, ProviderList> PROVIDERS =
      Call.cluster(
          "akm.router.providers.v1",
          ShowProviders.class,
          ProviderList.class,
          "The providers with their models, keys, health and limits.");

  public static final Call<ShowDecision, DecisionView> DECISION =
      Call.cluster(
          "akm.router.decision.v1",
          ShowDecision.class,
          DecisionView.class,
          "A recent decision with each candidate's reason, and what came of it; the last 10,000 are kept.",
          Code.NOT_FOUND);

  public static final List<Call<?, ?>> ALL = List.of(ROUTE, CANCEL, ROUTING, PROVIDERS, DECISION);

  private RouterCalls() {}

  /**
   * @param role system, user or assistant
   */
  public record Message(String role, String content) {
    public Message {
      if (!"system".equals(role) && !"user".equals(role) && !"assistant".equals(role)) {
        throw Failure.badRequest("`role` must be system, user or assistant");
      }
      Checks.text(content, "content", 2_000_000);
    }
  }

  /**
   * @param operation chat or embeddings
   * @param text the answer; null for embeddings and for a decision only
   * @param finishReason stop, length, tool-calls, content-filter or error
   * @param usage of the attempt that answered
   * @param costUsd of all attempts
   */
  public record RouteAnswer(
      String requestId,
      String operation,
      String text,
      List<List<Double>> embeddings,
      String finishReason,
      Decision decision,
      List<Attempt> attempts,
      TokenCounts usage,
      BigDecimal costUsd,
      Long latencyMs) {
    public RouteAnswer {
      embeddings = embeddings == null ? null : List.copyOf(embeddings);
      attempts = attempts == null ? List.of() : List.copyOf(attempts);
    }
  }

  /**
   * @param chosen the candidate that is tried first; null if none may be
   * @param explanation one sentence for a person
   */
  public record Decision(
      String decisionId,
      Instant at,
      String task,
      String operation,
      String strategy,
      Candidate chosen,
      List<Candidate> candidates,
      String explanation) {
    public Decision {
      candidates = List.copyOf(candidates);
    }
  }

  /**
   * @param rank 1 for the one tried first; null if excluded
   * @param keyId null where the provider needs no key, or none is usable
   * @param verdict chosen, fallback or excluded
   * @param reason a stable word, for example task-target, preferred, fallback-order, no-key,
   *     disabled, unhealthy, rate-limited, cooling-down, no-price, too-expensive, no-embeddings,
   *     model-not-offered, not-allowed
   * @param detail one sentence
   * @param estimatedCostUsd the upper bound used for cheapest and max_cost_usd; null if nothing is
   *     to be sent
   */
  public record Candidate(
      Integer rank,
      String provider,
      String model,
      String keyId,
      String keyLabel,
      String verdict,
      String reason,
      String detail,
      BigDecimal estimatedCostUsd) {}

  /**
   * @param outcome ok, or an error class: key-invalid, no-credit, spend-limit, daily-quota,
   *     rate-limit, overloaded, transient, permission, model-gone, context-overflow, bad-request,
   *     content, bad-answer, timeout, cancelled
   * @param detail one sentence; never the provider's raw words
   */
  public record Attempt(
      int number,
      String provider,
      String model,
      String keyId,
      String outcome,
      Integer httpStatus,
      String detail,
      long latencyMs,
      TokenCounts usage,
      BigDecimal costUsd) {}

  /**
   * @param by whoever runs the request, as its {@code principal}
   */
  public record CancelRoute(String callId, String by) {
    public CancelRoute {
      Checks.name(callId, "call_id");
      Checks.text(by, "by", 128);
    }
  }

  /**
   * @param cancelled false if this principal runs no request under that name, or it has ended
   */
  public record Cancelled(boolean cancelled) {}

  public record ShowRouting() {}

  /**
   * @param warnings for example retired models with their replacements
   */
  public record RoutingView(
      List<TaskView> tasks, List<String> fallbackOrder, List<String> warnings) {
    public RoutingView {
      tasks = List.copyOf(tasks);
      fallbackOrder = List.copyOf(fallbackOrder);
      warnings = List.copyOf(warnings);
    }
  }

  public record TaskView(String task, String strategy, List<TargetView> targets) {
    public TaskView {
      targets = List.copyOf(targets);
    }
  }

  /**
   * @param model null: the provider's first model that fits
   */
  public record TargetView(String provider, String model, int weight) {}

  public record ShowProviders() {}

  public record ProviderList(List<ProviderView> providers) {
    public ProviderList {
      providers = List.copyOf(providers);
    }
  }

  /**
   * @param protocol anthropic, openai, google, ollama, bedrock or a compatible server's
   * @param health up, down, probing or unknown
   * @param keys how many keys are usable now
   * @param requestsPerMinute the configured limit, or null
   * @param requestsLeft of the limit in the current minute
   * @param coolingUntil no request is sent before this time; null if none
   */
  public record ProviderView(
      String provider,
      String protocol,
      boolean enabled,
      String endpoint,
      List<String> models,
      String health,
      String healthDetail,
      int keys,
      boolean needsKey,
      Integer requestsPerMinute,
      Integer requestsLeft,
      Instant coolingUntil) {
    public ProviderView {
      models = List.copyOf(models);
    }
  }

  public record ShowDecision(String decisionId) {
    public ShowDecision {
      Checks.name(decisionId, "decision_id");
    }
  }

  /**
   * @param attempts in order; empty while they run, or if none was made
   * @param costUsd of all attempts; null while they run
   */
  public record DecisionView(
      String requestId,
      String principal,
      Decision decision,
      List<Attempt> attempts,
      BigDecimal costUsd) {
    public DecisionView {
      attempts = List.copyOf(attempts);
    }
  }
}

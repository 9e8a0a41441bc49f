package io.commandcenter.akm.contract;

import io.commandcenter.akm.core.grants.Grant;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
          Code.SEALED);
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

  public static final List<Call<?, ?>> ALL = List.of(ROUTE, ROUTING, PROVIDERS);

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
   * One neutral request.
   *
   * @param task a task of the routing configuration; null if provider or model is given (then
   *     {@code chat}, or {@code embeddings} with input)
   * @param provider preferred: tried first, then the fallbacks
   * @param model an explicit model, or {@code provider/model}; only providers that offer it are
   *     candidates
   * @param strategy priority, cheapest or weighted; null for the task's own
   * @param prompt short for one user message; not together with messages
   * @param input texts to embed; makes this an embeddings request
   * @param maxOutputTokens null for the server's default
   * @param deadlineMs for the whole request, 100 to 600,000; null for the server's default
   * @param maxCostUsd candidates whose upper bound is dearer are passed over
   * @param tags up to 16 labels of the caller, kept with the usage row
   * @param principal the caller's token id or service name, for the audit log and the usage row;
   *     `bus` if null
   * @param grant what the caller's token may; set by HTTP and MCP from the token, never by its
   *     bearer. Null for a trusted service on the bus
   */
  public record RouteRequest(
      String task,
      String provider,
      String model,
      String strategy,
      String prompt,
      List<Message> messages,
      List<String> input,
      Integer maxOutputTokens,
      Double temperature,
      List<String> stop,
      Long deadlineMs,
      BigDecimal maxCostUsd,
      Map<String, String> tags,
      String principal,
      Grant grant) {
    /** Of a trusted caller. */
    public RouteRequest(
        String task,
        String provider,
        String model,
        String strategy,
        String prompt,
        List<Message> messages,
        List<String> input,
        Integer maxOutputTokens,
        Double temperature,
        List<String> stop,
        Long deadlineMs,
        BigDecimal maxCostUsd,
        Map<String, String> tags,
        String principal) {
      this(
          task,
          provider,
          model,
          strategy,
          prompt,
          messages,
          input,
          maxOutputTokens,
          temperature,
          stop,
          deadlineMs,
          maxCostUsd,
          tags,
          principal,
          null);
    }

    public RouteRequest {
      optionalName(task, "task");
      optionalName(provider, "provider");
      Checks.optionalText(model, "model", 256);
      optionalName(strategy, "strategy");
      Checks.optionalText(prompt, "prompt", 2_000_000);
      if (prompt != null && prompt.isBlank()) {
        throw Failure.badRequest("`prompt` must not be blank; leave it out for the decision only");
      }
      messages = Checks.list(messages, "messages", 10_000);
      input = Checks.list(input, "input", 2048);
      input.forEach(text -> Checks.text(text, "input", 2_000_000));
      stop = Checks.list(stop, "stop", 4);
      tags = tags == null ? Map.of() : Map.copyOf(tags);
      if (tags.size() > 16) {
        throw new Failure(Code.TOO_LARGE, "`tags` has more than 16 entries");
      }
      tags.forEach(
          (name, value) -> {
            Checks.name(name, "tags");
            Checks.text(value, "tags." + name, 256);
          });
      if ((prompt != null ? 1 : 0) + (messages.isEmpty() ? 0 : 1) + (input.isEmpty() ? 0 : 1) > 1) {
        throw Failure.badRequest("give only one of `prompt`, `messages` and `input`");
      }
      if (maxOutputTokens != null) {
        Checks.range(maxOutputTokens, "max_output_tokens", 1, 2_000_000);
      }
      if (temperature != null && !(temperature >= 0 && temperature <= 2)) {
        throw Failure.badRequest("`temperature` must be between 0 and 2");
      }
      if (deadlineMs != null) {
        Checks.range(deadlineMs, "deadline_ms", 100, 600_000);
      }
      if (maxCostUsd != null
          && (maxCostUsd.signum() < 0 || maxCostUsd.compareTo(BigDecimal.valueOf(1_000_000)) > 0)) {
        throw Failure.badRequest("`max_cost_usd` must be between 0 and 1000000");
      }
    }

    private static void optionalName(String value, String field) {
      if (value != null) {
        Checks.name(value, field);
      }
    }

    /** The same request of this caller, with the grant it has. */
    public RouteRequest from(String principal) {
      return from(principal, grant);
    }

    /** The same request of this token, within what it may. */
    public RouteRequest from(Principal principal) {
      return from(principal.id(), principal.grant());
    }

    private RouteRequest from(String principal, Grant grant) {
      return new RouteRequest(
          task,
          provider,
          model,
          strategy,
          prompt,
          messages,
          input,
          maxOutputTokens,
          temperature,
          stop,
          deadlineMs,
          maxCostUsd,
          tags,
          principal,
          grant);
    }

    /** True if there is nothing to send: the caller wants the decision. */
    public boolean decisionOnly() {
      return prompt == null && messages.isEmpty() && input.isEmpty();
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
   * @param protocol anthropic, openai, google or ollama
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
}

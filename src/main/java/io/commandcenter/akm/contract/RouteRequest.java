package io.commandcenter.akm.contract;

import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.core.grants.Grant;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * One neutral request.
 *
 * @param task a task of the routing configuration; null if provider or model is given (then {@code
 *     chat}, or {@code embeddings} with input)
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
 * @param callId a name of the caller's choice, used for no other request at the same time: under it
 *     the request can be cancelled, and its progress is told; null for neither
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
    Grant grant,
    String callId) {
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
        null,
        null);
  }

  public RouteRequest {
    optionalName(task, "task");
    optionalName(provider, "provider");
    Checks.optionalText(model, "model", 256);
    optionalName(strategy, "strategy");
    optionalName(callId, "call_id");
    Checks.optionalText(prompt, "prompt", 2_000_000);
    if (prompt != null && prompt.isBlank()) {
      throw Failure.badRequest("`prompt` must not be blank; leave it out for the decision only");
    }
    messages = Checks.list(messages, "messages", 10_000);
    input = Checks.list(input, "input", 2048);
    input.forEach(text -> Checks.text(text, "input", 2_000_000));
    stop = Checks.list(stop, "stop", 4);
    tags = checkedTags(tags);
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

  /** A copy of a caller's labels, empty for null. */
  static Map<String, String> checkedTags(Map<String, String> tags) {
    var copy = tags == null ? Map.<String, String>of() : Map.copyOf(tags);
    if (copy.size() > 16) {
      throw new Failure(Code.TOO_LARGE, "`tags` has more than 16 entries");
    }
    copy.forEach(
        (name, value) -> {
          Checks.name(name, "tags");
          Checks.text(value, "tags." + name, 256);
        });
    return copy;
  }

  private static void optionalName(String value, String field) {
    if (value != null) {
      Checks.name(value, field);
    }
  }

  /** The same request of this caller, with the grant it has. */
  public RouteRequest from(String principal) {
    return with(principal, grant, callId);
  }

  /** The same request of this token, within what it may. */
  public RouteRequest from(Principal principal) {
    return with(principal.id(), principal.grant(), callId);
  }

  /** The same request under this name. */
  public RouteRequest called(String callId) {
    return with(principal, grant, callId);
  }

  private RouteRequest with(String principal, Grant grant, String callId) {
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
        grant,
        callId);
  }

  /** True if there is nothing to send: the caller wants the decision. */
  public boolean decisionOnly() {
    return prompt == null && messages.isEmpty() && input.isEmpty();
  }
}

package io.commandcenter.akm.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Anthropic's side of the Messages API. */
final class AnthropicDialect implements Dialect {
  private static final Pattern REFUSES_SAMPLING =
      Pattern.compile("claude-(?:(?:opus|sonnet|haiku|fable)-[5-9]|opus-4-[789]).*");

  @Override
  public String name() {
    return "anthropic";
  }

  @Override
  public String basePath() {
    return "";
  }

  @Override
  public Optional<String> credential(MultiMap headers) {
    return Optional.ofNullable(headers.get("x-api-key")).or(() -> Bearer.of(headers));
  }

  @Override
  public boolean needsKey() {
    return true;
  }

  @Override
  public Optional<Reply> freeCall(HttpMethod method, String path) {
    if (method != HttpMethod.GET || !path.equals("/v1/models")) {
      return Optional.empty();
    }
    var model =
        new JsonObject()
            .put("type", "model")
            .put("id", "claude-sonnet-5-5")
            .put("display_name", "Claude Sonnet 5.5")
            .put("created_at", "2026-09-28T00:00:00Z")
            .put("lifecycle", "active")
            .put("max_input_tokens", 1_000_000)
            .put("max_tokens", 128_000);
    return Optional.of(
        identified(
            Reply.ok(
                new JsonObject()
                    .put("data", new JsonArray().add(model))
                    .put("has_more", false)
                    .put("first_id", "claude-sonnet-5-5")
                    .put("last_id", "claude-sonnet-5-5"))));
  }

  @Override
  public Ask read(String path, MultiMap headers, JsonObject body) {
    if (!path.equals("/v1/messages")) {
      throw new Malformed("no such path");
    }
    if (headers.get("anthropic-version") == null) {
      throw new Malformed("anthropic-version: header is required");
    }
    var limit = Texts.limit(body, "max_tokens");
    if (limit.isEmpty()) {
      throw new Malformed("max_tokens: Field required");
    }
    if (body.containsKey("temperature")
        && REFUSES_SAMPLING.matcher(Texts.required(body, "model")).matches()) {
      throw new Malformed("`temperature` is not supported for this model.");
    }
    var roles = List.of("user", "assistant");
    return body.getValue("system") instanceof String system
        ? Texts.chat(body, roles, limit, system)
        : Texts.chat(body, roles, limit);
  }

  @Override
  public Reply answer(Ask ask, Answer answer) {
    var usage =
        new JsonObject()
            .put("input_tokens", answer.inputTokens())
            .put("cache_creation_input_tokens", 0)
            .put("cache_read_input_tokens", 0)
            .put(
                "cache_creation",
                new JsonObject()
                    .put("ephemeral_5m_input_tokens", 0)
                    .put("ephemeral_1h_input_tokens", 0))
            .put("output_tokens", answer.outputTokens())
            .put("output_tokens_details", new JsonObject().put("thinking_tokens", 0))
            .putNull("server_tool_use")
            .put("service_tier", "standard");
    var text = new JsonObject().put("type", "text").put("text", answer.text()).putNull("citations");
    return identified(
        Reply.ok(
            new JsonObject()
                .put("id", "msg_01Simulated")
                .put("type", "message")
                .put("role", "assistant")
                .put("model", ask.model())
                .put("content", new JsonArray().add(text))
                .put("stop_reason", answer.isCut() ? "max_tokens" : "end_turn")
                .putNull("stop_sequence")
                .put("usage", usage)));
  }

  @Override
  public Reply malformed(String why) {
    return error(400, "invalid_request_error", why);
  }

  @Override
  public Reply wrongKey() {
    return error(401, "authentication_error", "invalid x-api-key");
  }

  @Override
  public Reply modelGone(String model) {
    return error(404, "not_found_error", "model: " + model);
  }

  @Override
  public Reply error(int status) {
    return switch (status) {
      case 401 -> wrongKey();
      case 402 -> error(402, "billing_error", "Your organization has an unpaid invoice.");
      case 403 ->
          error(
              403,
              "permission_error",
              "Your API key does not have permission to use the specified resource.");
      case 404 -> modelGone("claude-3-opus-20240229");
      case 413 -> error(413, "request_too_large", "Request exceeds the maximum size");
      case 429 ->
          error(
                  429,
                  "rate_limit_error",
                  "This request would exceed your organization's rate limit.")
              .with("retry-after", "17")
              .with("x-should-retry", "true");
      case 504 -> error(504, "timeout_error", "Request timed out");
      case 529 -> error(529, "overloaded_error", "Overloaded").with("x-should-retry", "true");
      default ->
          status >= 500
              ? error(status, "api_error", "Internal server error").with("x-should-retry", "true")
              : error(status, "invalid_request_error", "Invalid request");
    };
  }

  private static Reply error(int status, String type, String message) {
    var error = new JsonObject().put("type", type).put("message", message);
    return identified(
        Reply.of(
            status,
            new JsonObject()
                .put("type", "error")
                .put("error", error)
                .put("request_id", "req_simulated")));
  }

  private static Reply identified(Reply reply) {
    return reply
        .with("request-id", "req_simulated")
        .with("anthropic-organization-id", "00000000-0000-4000-8000-000000000000");
  }
}

package io.commandcenter.akm.simulator.anthropic;

import io.commandcenter.akm.simulator.wire.Answer;
import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Bearer;
import io.commandcenter.akm.simulator.wire.Dialect;
import io.commandcenter.akm.simulator.wire.Frame;
import io.commandcenter.akm.simulator.wire.Incoming;
import io.commandcenter.akm.simulator.wire.Json;
import io.commandcenter.akm.simulator.wire.Reply;
import io.commandcenter.akm.simulator.wire.Streamed;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Anthropic's side of the Messages API. */
public final class AnthropicDialect implements Dialect {
  private static final List<String> MODELS =
      List.of("claude-sonnet-5-5", "claude-opus-5-5", "claude-haiku-4-5");
  private static final Map<String, String> HEADERS =
      Map.of(
          "request-id", "req_simulated",
          "anthropic-organization-id", "00000000-0000-4000-8000-000000000000",
          "anthropic-ratelimit-requests-limit", "4000",
          "anthropic-ratelimit-requests-remaining", "3999",
          "anthropic-ratelimit-requests-reset", "2026-11-22T10:00:01Z",
          "anthropic-ratelimit-tokens-limit", "2400000",
          "anthropic-ratelimit-tokens-remaining", "2397000",
          "anthropic-ratelimit-tokens-reset", "2026-11-22T10:00:00Z");

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
    if (method != HttpMethod.GET || !path.startsWith("/v1/models")) {
      return Optional.empty();
    }
    if (path.equals("/v1/models")) {
      return Optional.of(
          identified(
              Reply.ok(
                  Json.of(
                      "data", Json.list(MODELS.stream().map(AnthropicDialect::model).toList()),
                      "has_more", false,
                      "first_id", MODELS.get(0),
                      "last_id", MODELS.get(MODELS.size() - 1)))));
    }
    var id = path.substring("/v1/models/".length());
    return Optional.of(MODELS.contains(id) ? identified(Reply.ok(model(id))) : modelGone(id));
  }

  private static JsonObject model(String id) {
    return Json.of(
        "type",
        "model",
        "id",
        id,
        "display_name",
        id.replace('-', ' '),
        "created_at",
        "2026-09-28T00:00:00Z",
        "lifecycle",
        "active",
        "max_input_tokens",
        1_000_000,
        "max_tokens",
        128_000);
  }

  @Override
  public Ask read(Incoming request) {
    if (!request.path().startsWith("/v1/messages")) {
      throw new Malformed("no such path");
    }
    if (request.headers().get("anthropic-version") == null) {
      throw new Malformed("anthropic-version: header is required");
    }
    return switch (request.path()) {
      case "/v1/messages" -> AnthropicRequests.chat(request.body());
      case "/v1/messages/count_tokens" -> AnthropicRequests.count(request.body());
      default -> throw new Malformed("no such path");
    };
  }

  @Override
  public Reply answer(Ask ask, Answer answer) {
    return identified(
        Reply.ok(
            ask instanceof Ask.Count
                ? Json.of("input_tokens", answer.inputTokens())
                : AnthropicAnswers.message(ask, answer)));
  }

  @Override
  public Streamed stream(Ask.Chat ask, Answer answer, List<String> pieces) {
    var error =
        Json.of(
            "type", "error",
            "error", Json.of("type", "overloaded_error", "message", "Overloaded"),
            "request_id", "req_simulated");
    return Streamed.of(
        Streamed.SSE + "; charset=utf-8",
        HEADERS,
        AnthropicAnswers.events(ask, answer, pieces),
        Frame.event("error", error, false));
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
    return reply.with(HEADERS);
  }
}

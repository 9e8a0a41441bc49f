package io.commandcenter.akm.gateway;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.commandcenter.akm.contract.TokenCounts;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/messages}, not streaming, text only. */
final class AnthropicMessages implements Dialect {
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "model", "messages", "system", "max_tokens", "temperature", "stop_sequences", "metadata");
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.of(
          "stream", Set.of(false),
          "tools", Set.of(new JsonArray()),
          "service_tier", Set.of("auto"),
          "thinking", Set.of(new JsonObject().put("type", "disabled")));
  // A cache mark changes the price, never the answer.
  private static final Set<String> PART = Set.of("type", "text", "cache_control");

  @Override
  public RouteRequest request(JsonObject body, String principal) {
    var fields = Fields.of(body);
    fields.checkOnly(UNDERSTOOD, NEUTRAL);
    var model = Model.of(fields.requiredText("model"), "chat");
    if (!fields.has("max_tokens")) {
      throw fields.refusal("max_tokens", "is required");
    }
    var messages = new ArrayList<Message>();
    if (fields.has("system")) {
      messages.add(new Message("system", fields.content("system", PART)));
    }
    fields.objects("messages").forEach(message -> messages.add(message(message)));
    return new RouteRequest(
        model.task(),
        null,
        model.model(),
        null,
        null,
        messages,
        null,
        fields.integer("max_tokens"),
        fields.number("temperature"),
        fields.texts("stop_sequences"),
        null,
        null,
        null,
        principal);
  }

  @Override
  public JsonObject answer(RouteAnswer answer, JsonObject asked) {
    var text = new JsonObject().put("type", "text").put("text", answer.text());
    return new JsonObject()
        .put("id", "msg_" + answer.requestId())
        .put("type", "message")
        .put("role", "assistant")
        .put("model", Served.by(answer).model())
        .put("content", new JsonArray().add(text))
        .put("stop_reason", stopReason(answer.finishReason()))
        .putNull("stop_sequence")
        .put("usage", usage(answer.usage()));
  }

  @Override
  public JsonObject error(Failure failure, String requestId) {
    return new JsonObject()
        .put("type", "error")
        .put(
            "error",
            new JsonObject().put("type", type(failure.code())).put("message", failure.detail()))
        .put("request_id", requestId);
  }

  private static Message message(Fields message) {
    message.checkOnly(Set.of("role", "content"), Map.of());
    var role = message.requiredText("role");
    if (!role.equals("user") && !role.equals("assistant")) {
      throw message.refusal("role", "must be user or assistant");
    }
    return new Message(role, message.content("content", PART));
  }

  private static String stopReason(String finish) {
    return switch (finish) {
      case "length" -> "max_tokens";
      case "tool-calls" -> "tool_use";
      case "content-filter" -> "refusal";
      default -> "end_turn";
    };
  }

  private static JsonObject usage(TokenCounts usage) {
    return new JsonObject()
        .put("input_tokens", usage.inputTokens())
        .put("cache_creation_input_tokens", usage.cacheWriteTokens() + usage.cacheWriteLongTokens())
        .put("cache_read_input_tokens", usage.cacheReadTokens())
        .put("output_tokens", usage.outputTokens());
  }

  private static String type(Code code) {
    return switch (code.httpStatus()) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 503 -> "overloaded_error";
      case 504 -> "timeout_error";
      default -> code.httpStatus() < 500 ? "invalid_request_error" : "api_error";
    };
  }
}

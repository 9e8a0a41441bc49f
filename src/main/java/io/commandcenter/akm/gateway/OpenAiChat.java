package io.commandcenter.akm.gateway;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.RouteRequest;
import io.commandcenter.akm.contract.RouterCalls.Message;
import io.commandcenter.akm.contract.RouterCalls.RouteAnswer;
import io.commandcenter.akm.contract.TokenCounts;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code POST /v1/chat/completions}, not streaming, text only. */
final class OpenAiChat implements Dialect {
  // user … prompt_cache_key name the caller or a cache; the answer is the same without them.
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "model",
          "messages",
          "max_tokens",
          "max_completion_tokens",
          "temperature",
          "stop",
          "user",
          "metadata",
          "safety_identifier",
          "prompt_cache_key");
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.ofEntries(
          Map.entry("stream", Set.of(false)),
          Map.entry("n", Set.of(1)),
          Map.entry("top_p", Set.of(1, 1.0)),
          Map.entry("presence_penalty", Set.of(0, 0.0)),
          Map.entry("frequency_penalty", Set.of(0, 0.0)),
          Map.entry("logprobs", Set.of(false)),
          Map.entry("store", Set.of(false)),
          Map.entry("service_tier", Set.of("auto")),
          Map.entry("tools", Set.of(new JsonArray())),
          Map.entry("response_format", Set.of(new JsonObject().put("type", "text"))));
  private static final Map<String, Set<Object>> NEUTRAL_IN_MESSAGE =
      Map.of("annotations", Set.of(new JsonArray()), "tool_calls", Set.of(new JsonArray()));

  @Override
  public RouteRequest request(JsonObject body, String principal) {
    var fields = Fields.of(body);
    fields.checkOnly(UNDERSTOOD, NEUTRAL);
    var model = Model.of(fields.requiredText("model"), "chat");
    return new RouteRequest(
        model.task(),
        null,
        model.model(),
        null,
        null,
        fields.objects("messages").stream().map(OpenAiChat::message).toList(),
        null,
        maxTokens(fields),
        fields.number("temperature"),
        fields.texts("stop"),
        null,
        null,
        null,
        principal);
  }

  @Override
  public JsonObject answer(RouteAnswer answer, JsonObject asked) {
    var message =
        new JsonObject().put("role", "assistant").put("content", answer.text()).putNull("refusal");
    var choice =
        new JsonObject()
            .put("index", 0)
            .put("message", message)
            .putNull("logprobs")
            .put("finish_reason", answer.finishReason().replace('-', '_'));
    return new JsonObject()
        .put("id", "chatcmpl-" + answer.requestId())
        .put("object", "chat.completion")
        .put("created", answer.decision().at().getEpochSecond())
        .put("model", Served.by(answer).model())
        .put("choices", new JsonArray().add(choice))
        .put("usage", usage(answer.usage()));
  }

  @Override
  public JsonObject error(Failure failure, String requestId) {
    return OpenAiErrors.of(failure, requestId);
  }

  private static Message message(Fields message) {
    message.checkOnly(Set.of("role", "content"), NEUTRAL_IN_MESSAGE);
    var role = message.requiredText("role");
    if (!List.of("system", "developer", "user", "assistant").contains(role)) {
      throw message.refusal("role", "must be system, developer, user or assistant");
    }
    var content = message.content("content", Set.of("type", "text"));
    return new Message(role.equals("developer") ? "system" : role, content);
  }

  private static Integer maxTokens(Fields fields) {
    if (fields.has("max_tokens") && fields.has("max_completion_tokens")) {
      throw fields.refusal("max_tokens", "is the old name of max_completion_tokens; send one");
    }
    return fields.integer(fields.has("max_tokens") ? "max_tokens" : "max_completion_tokens");
  }

  /** Their prompt_tokens include what was read from and written to a cache. */
  private static JsonObject usage(TokenCounts usage) {
    var prompt = usage.totalTokens() - usage.outputTokens();
    return new JsonObject()
        .put("prompt_tokens", prompt)
        .put("completion_tokens", usage.outputTokens())
        .put("total_tokens", usage.totalTokens())
        .put(
            "prompt_tokens_details", new JsonObject().put("cached_tokens", usage.cacheReadTokens()))
        .put(
            "completion_tokens_details",
            new JsonObject().put("reasoning_tokens", usage.reasoningTokens()));
  }
}

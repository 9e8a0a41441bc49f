package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.gateway.dialect.Given;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** A whole answer as a {@code chat.completion}. */
final class ChatReply {
  private ChatReply() {}

  static JsonObject of(ChatAnswer answer, Given given) {
    var calls = calls(answer);
    var choice =
        new JsonObject()
            .put("index", 0)
            .put("message", message(answer, calls))
            .putNull("logprobs")
            .put("finish_reason", finishReason(answer.stop(), !calls.isEmpty()));
    var usage = answer.usage() == null ? given.served().usage() : answer.usage();
    var body =
        new JsonObject()
            .put("id", id(answer.id(), "chatcmpl-", given))
            .put("object", "chat.completion")
            .put("created", given.now().getEpochSecond())
            .put("model", model(answer.model(), given))
            .put("choices", new JsonArray().add(choice));
    return usage == null ? body : body.put("usage", OpenAiUsage.ofCompletion(usage));
  }

  /** As the provider names the answer, else made of this server's own id. */
  static String id(String given, String prefix, Given with) {
    return given == null ? prefix + with.served().requestId() : given;
  }

  static String model(String given, Given with) {
    return given == null ? with.served().model() : given;
  }

  /** A dialect without a word for a faulty end says stop; its text or calls show what came. */
  static String finishReason(StopReason stop, boolean calls) {
    return switch (stop) {
      case LENGTH -> "length";
      case TOOL_CALLS -> "tool_calls";
      case CONTENT_FILTER -> "content_filter";
      case STOP, ERROR -> calls ? "tool_calls" : "stop";
    };
  }

  private static JsonObject message(ChatAnswer answer, JsonArray calls) {
    var text = joined(answer, Part.Text.class);
    var refusal = joined(answer, Part.Refusal.class);
    var thinking = joined(answer, Part.Thinking.class);
    var silent = text.isEmpty() && (!calls.isEmpty() || !refusal.isEmpty());
    var message =
        new JsonObject()
            .put("role", "assistant")
            .put("content", silent ? null : text)
            .put("refusal", refusal.isEmpty() ? null : refusal);
    if (!thinking.isEmpty()) {
      message.put("reasoning_content", thinking);
    }
    return calls.isEmpty() ? message : message.put("tool_calls", calls);
  }

  static String joined(ChatAnswer answer, Class<? extends Part> kind) {
    return answer.parts().stream()
        .filter(kind::isInstance)
        .map(ChatReply::text)
        .collect(Collectors.joining());
  }

  private static String text(Part part) {
    return part instanceof Part.Text text
        ? text.text()
        : part instanceof Part.Refusal refusal
            ? refusal.text()
            : part instanceof Part.Thinking thinking ? thinking.text() : "";
  }

  private static JsonArray calls(ChatAnswer answer) {
    var calls = new JsonArray();
    for (var part : answer.parts()) {
      if (part instanceof Part.ToolCall call) {
        var function = new JsonObject().put("name", call.name()).put("arguments", call.arguments());
        var json =
            new JsonObject().put("id", call.id()).put("type", "function").put("function", function);
        calls.add(
            call.signature() == null
                ? json
                : json.put("extra_content", ThoughtSignature.written(call.signature())));
      }
    }
    return calls;
  }
}

package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.core.chat.ChatAnswer;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.gateway.dialect.CallArguments;
import io.commandcenter.akm.gateway.dialect.Given;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.stream.Collectors;

/** A whole answer as a {@code message}. */
final class MessageReply {
  private static final String ORIGIN = "anthropic";

  private MessageReply() {}

  static JsonObject of(ChatAnswer answer, Given given) {
    var content = new JsonArray();
    var shown = Thinking.isShown(given.asked().json());
    for (var part : answer.parts()) {
      if (shown || !(part instanceof Part.Thinking)) {
        add(content, part);
      }
    }
    var calls = answer.parts().stream().anyMatch(Part.ToolCall.class::isInstance);
    var refusal = refusal(answer);
    var usage = answer.usage() == null ? given.served().usage() : answer.usage();
    return message(answer.id(), answer.model(), given)
        .put("content", content)
        .put("stop_reason", stopReason(answer.stop(), answer.stopText(), calls, refusal != null))
        .put("stop_sequence", stopText(answer.stop(), answer.stopText()))
        .put("stop_details", stopDetails(answer.stop(), refusal))
        .put("usage", AnthropicUsage.ofMessage(usage == null ? TokenUsage.NONE : usage));
  }

  /** What a message has from its first moment on; its content is empty. */
  static JsonObject message(String id, String model, Given given) {
    return new JsonObject()
        .put("id", id == null ? "msg_" + given.served().requestId() : id)
        .put("type", "message")
        .put("role", "assistant")
        .put("model", model == null ? given.served().model() : model)
        .put("content", new JsonArray())
        .putNull("stop_reason")
        .putNull("stop_sequence")
        .putNull("stop_details")
        .putNull("container")
        .putNull("diagnostics");
  }

  /** A dialect without a word for a faulty end says end_turn; its content shows what came. */
  static String stopReason(StopReason stop, String stopText, boolean calls, boolean refusal) {
    return switch (stop) {
      case LENGTH -> "max_tokens";
      case TOOL_CALLS -> "tool_use";
      case CONTENT_FILTER -> "refusal";
      case STOP, ERROR -> {
        if (calls) {
          yield "tool_use";
        }
        yield refusal ? "refusal" : stopText(stop, stopText) == null ? "end_turn" : "stop_sequence";
      }
    };
  }

  static String stopText(StopReason stop, String stopText) {
    return stop == StopReason.STOP ? stopText : null;
  }

  /**
   * @param refusal the model's words; null if it gave none
   */
  static JsonObject stopDetails(StopReason stop, String refusal) {
    return stop == StopReason.CONTENT_FILTER || refusal != null
        ? new JsonObject().put("type", "refusal").putNull("category").put("explanation", refusal)
        : null;
  }

  private static String refusal(ChatAnswer answer) {
    var words =
        answer.parts().stream()
            .filter(Part.Refusal.class::isInstance)
            .map(part -> ((Part.Refusal) part).text())
            .collect(Collectors.joining());
    return words.isEmpty() ? null : words;
  }

  private static void add(JsonArray content, Part part) {
    if (part instanceof Part.Text text) {
      content.add(text(text.text()));
    } else if (part instanceof Part.Refusal refusal) {
      content.add(text(refusal.text()));
    } else if (part instanceof Part.Thinking thinking) {
      addThinking(content, thinking);
    } else if (part instanceof Part.ToolCall call) {
      content.add(
          toolUse(call.id(), call.name()).put("input", CallArguments.parsed(call.arguments())));
    }
  }

  static JsonObject text(String text) {
    return new JsonObject().put("type", "text").put("text", text).putNull("citations");
  }

  static JsonObject toolUse(String id, String name) {
    return new JsonObject()
        .put("type", "tool_use")
        .put("id", id)
        .put("name", name)
        .put("input", new JsonObject())
        .put("caller", new JsonObject().put("type", "direct"));
  }

  private static void addThinking(JsonArray content, Part.Thinking thinking) {
    if (thinking.redacted() != null && ORIGIN.equals(thinking.origin())) {
      content.add(redacted(thinking.redacted()));
    } else if (!thinking.text().isEmpty()
        || signature(thinking.signature(), thinking.origin()) != null) {
      var signature = signature(thinking.signature(), thinking.origin());
      content.add(thinking(thinking.text(), signature == null ? "" : signature));
    }
  }

  static JsonObject thinking(String text, String signature) {
    return new JsonObject()
        .put("type", "thinking")
        .put("thinking", text)
        .put("signature", signature);
  }

  static JsonObject redacted(String data) {
    return new JsonObject().put("type", "redacted_thinking").put("data", data);
  }

  /** Only Anthropic's own: any other would be refused when it is sent back. */
  static String signature(String signature, String origin) {
    return ORIGIN.equals(origin) ? signature : null;
  }
}

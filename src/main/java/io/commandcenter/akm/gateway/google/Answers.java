package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.gateway.dialect.Given;
import io.commandcenter.akm.gateway.dialect.WholeCalls;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The pieces of which a GenerateContentResponse is made, whole or streamed. */
final class Answers {
  private Answers() {}

  /**
   * @param model that answers
   * @param finish null while a stream goes on
   * @param usage null to say nothing
   */
  static JsonObject response(
      JsonArray parts, String finish, TokenUsage usage, String model, Given given) {
    var candidate =
        new JsonObject().put("content", new JsonObject().put("parts", parts).put("role", "model"));
    if (finish != null) {
      candidate.put("finishReason", finish);
    }
    var response =
        new JsonObject().put("candidates", new JsonArray().add(candidate.put("index", 0)));
    if (usage != null) {
      response.put("usageMetadata", usage(usage));
    }
    return response.put("modelVersion", model).put("responseId", given.served().requestId());
  }

  static JsonObject text(String text) {
    return new JsonObject().put("text", text);
  }

  static JsonObject thought(String text) {
    return text(text).put("thought", true);
  }

  static JsonObject call(WholeCalls.Call call) {
    var inner =
        new JsonObject()
            .put("id", call.id())
            .put("name", call.name())
            .put("args", call.arguments());
    var part = new JsonObject().put("functionCall", inner);
    return call.signature() == null ? part : part.put("thoughtSignature", call.signature());
  }

  /**
   * @param refused whether the model declined in words
   * @param malformed whether a call was left out because its arguments are no JSON object
   */
  static String finish(StopReason stop, boolean refused, boolean malformed) {
    return switch (stop) {
      case STOP -> refused ? "SAFETY" : "STOP";
      // Google ends tool calls with STOP too.
      case TOOL_CALLS -> malformed ? "MALFORMED_FUNCTION_CALL" : "STOP";
      case LENGTH -> "MAX_TOKENS";
      case CONTENT_FILTER -> "SAFETY";
      case ERROR -> "OTHER";
    };
  }

  /** The prompt includes what came from a cache; thoughts stand beside the rest of the output. */
  private static JsonObject usage(TokenUsage usage) {
    var counts = new JsonObject().put("promptTokenCount", usage.prompt());
    putCount(counts, "candidatesTokenCount", usage.output() - usage.reasoning());
    putCount(counts, "thoughtsTokenCount", usage.reasoning());
    putCount(counts, "cachedContentTokenCount", usage.cacheRead());
    return counts.put("totalTokenCount", usage.total());
  }

  /** Google leaves out what is zero. */
  private static void putCount(JsonObject counts, String name, long count) {
    if (count > 0) {
      counts.put(name, count);
    }
  }
}

package io.commandcenter.akm.gateway.openai;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The shapes of a response's output items and of their parts. */
final class OutputItems {
  private static final String IN_PROGRESS = ResponseShape.IN_PROGRESS;

  private OutputItems() {}

  static JsonObject message(String id, String status, JsonArray content) {
    return new JsonObject()
        .put("id", id)
        .put("type", "message")
        .put("status", status)
        .put("role", "assistant")
        .put("content", content);
  }

  static JsonObject text(String text) {
    return new JsonObject()
        .put("type", "output_text")
        .put("text", text)
        .put("annotations", new JsonArray())
        .put("logprobs", new JsonArray());
  }

  static JsonObject refusal(String text) {
    return new JsonObject().put("type", "refusal").put("refusal", text);
  }

  static JsonObject reasoning(String id, JsonArray summary) {
    return new JsonObject().put("id", id).put("type", "reasoning").put("summary", summary);
  }

  static JsonObject summary(String text) {
    return new JsonObject().put("type", "summary_text").put("text", text);
  }

  /**
   * @param arguments empty while the call is in progress
   */
  static JsonObject call(String id, String callId, String name, String arguments, boolean done) {
    return new JsonObject()
        .put("id", id)
        .put("type", "function_call")
        .put("status", done ? "completed" : IN_PROGRESS)
        .put("call_id", callId)
        .put("name", name)
        .put("arguments", arguments);
  }
}

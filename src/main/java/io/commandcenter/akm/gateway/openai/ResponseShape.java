package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.core.chat.StopReason;
import io.commandcenter.akm.core.money.TokenUsage;
import io.commandcenter.akm.gateway.dialect.Given;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** The {@code response} object: what was asked said again, and how far the answer is. */
final class ResponseShape {
  static final String IN_PROGRESS = "in_progress";

  private final Given given;
  private final String id;
  private final String model;

  ResponseShape(String id, String model, Given given) {
    this.given = given;
    this.id = ChatReply.id(id, "resp_", given);
    this.model = ChatReply.model(model, given);
  }

  JsonObject begun() {
    return response(IN_PROGRESS, new JsonArray()).putNull("usage");
  }

  /**
   * @param usage null if the provider did not say it
   */
  JsonObject ended(StopReason stop, JsonArray output, TokenUsage usage) {
    var response = response(status(stop), output);
    if (stop == StopReason.LENGTH || stop == StopReason.CONTENT_FILTER) {
      var reason = stop == StopReason.LENGTH ? "max_output_tokens" : "content_filter";
      response.put("incomplete_details", new JsonObject().put("reason", reason));
    } else if (stop == StopReason.ERROR) {
      response.put(
          "error",
          new JsonObject()
              .put("code", "server_error")
              .put("message", "the model's answer ended with a fault; try again"));
    } else {
      response.put("completed_at", given.now().getEpochSecond());
    }
    return response.put("usage", usage == null ? null : OpenAiUsage.ofResponse(usage));
  }

  static String status(StopReason stop) {
    return switch (stop) {
      case STOP, TOOL_CALLS -> "completed";
      case LENGTH, CONTENT_FILTER -> "incomplete";
      case ERROR -> "failed";
    };
  }

  private JsonObject response(String status, JsonArray output) {
    return new JsonObject()
        .put("id", id)
        .put("object", "response")
        .put("created_at", given.now().getEpochSecond())
        .put("status", status)
        .put("background", false)
        .putNull("error")
        .putNull("incomplete_details")
        .put("instructions", asked("instructions", null))
        .put("max_output_tokens", asked("max_output_tokens", null))
        .put("metadata", asked("metadata", new JsonObject()))
        .put("model", model)
        .put("output", output)
        .put("parallel_tool_calls", asked("parallel_tool_calls", true))
        .putNull("previous_response_id")
        .put("reasoning", asked("reasoning", new JsonObject().putNull("effort").putNull("summary")))
        .put("store", false)
        .put("temperature", asked("temperature", 1))
        .put("text", asked("text", text()))
        .put("tool_choice", asked("tool_choice", "auto"))
        .put("tools", asked("tools", new JsonArray()))
        .put("top_p", asked("top_p", 1))
        .put("truncation", "disabled");
  }

  private Object asked(String name, Object otherwise) {
    var value = given.asked().json().getValue(name);
    return value == null ? otherwise : value;
  }

  private static JsonObject text() {
    return new JsonObject().put("format", new JsonObject().put("type", "text"));
  }
}

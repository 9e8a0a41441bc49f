package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.config.Compat;
import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.ToolChoice;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.wire.Effort;
import io.commandcenter.akm.provider.wire.Json;
import io.commandcenter.akm.provider.wire.Toolbox;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Writes the body of a request to the Responses API. Nothing is kept at the provider: each request
 * holds the whole conversation.
 */
final class ResponsesBody {
  private ResponsesBody() {}

  static JsonObject of(ProviderRequest.Chat chat, Compat compat) {
    var asked = chat.request();
    var body =
        new JsonObject()
            .put("model", chat.model())
            .put("input", ResponsesItems.of(asked.turns()))
            .put("max_output_tokens", chat.maxOutputTokens())
            .put("store", false);
    if (!asked.system().isEmpty()) {
      body.put("instructions", asked.system());
    }
    if (chat.stream()) {
      body.put("stream", true);
    }
    tools(body, Toolbox.of(asked));
    if (asked.format() != null) {
      body.put("text", new JsonObject().put("format", format(asked.format())));
    }
    reasoning(body, chat);
    // The models of this API take neither sampling nor stop texts; these are cut from the answer.
    if (asked.endUser() != null && compat.endUserField() != null) {
      body.put(compat.endUserField(), asked.endUser());
    }
    return body;
  }

  private static void tools(JsonObject body, Toolbox tools) {
    if (tools.isEmpty()) {
      return;
    }
    body.put("tools", new JsonArray(tools.tools().stream().map(ResponsesBody::tool).toList()));
    if (tools.mode() != null) {
      body.put("tool_choice", choice(tools));
    }
    if (tools.parallel() != null && tools.mode() != ToolChoice.Mode.NONE) {
      body.put("parallel_tool_calls", tools.parallel());
    }
  }

  private static JsonObject tool(Tool tool) {
    var json = new JsonObject().put("type", "function").put("name", tool.name());
    if (tool.description() != null) {
      json.put("description", tool.description());
    }
    // Here strict is the default, and most schemas do not keep its rules.
    return json.put("parameters", Json.schema(tool.schema()))
        .put("strict", Boolean.TRUE.equals(tool.strict()));
  }

  private static Object choice(Toolbox tools) {
    return switch (tools.mode()) {
      case AUTO -> "auto";
      case NONE -> "none";
      case REQUIRED ->
          tools.forced() == null
              ? "required"
              : new JsonObject().put("type", "function").put("name", tools.forced());
    };
  }

  private static JsonObject format(OutputFormat format) {
    return format.schema() == null
        ? new JsonObject().put("type", "json_object")
        : OpenAiBody.schema(format).put("type", "json_schema");
  }

  private static void reasoning(JsonObject body, ProviderRequest.Chat chat) {
    var reasoning = new JsonObject();
    var word = Effort.word(chat.request().reasoning());
    if (word != null) {
      reasoning.put("effort", word);
    }
    if (Effort.shown(chat.request().reasoning())) {
      reasoning.put("summary", "auto");
    }
    if (!reasoning.isEmpty()) {
      body.put("reasoning", reasoning);
    }
  }
}

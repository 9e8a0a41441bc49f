package io.commandcenter.akm.provider.ollama;

import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.wire.Effort;
import io.commandcenter.akm.provider.wire.Json;
import io.commandcenter.akm.provider.wire.Toolbox;
import io.commandcenter.akm.provider.wire.Unsupported;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Writes the body of a chat. */
final class OllamaBody {
  static final String NAME = "Ollama";

  private OllamaBody() {}

  static JsonObject of(ProviderRequest.Chat chat) {
    var asked = chat.request();
    // Streaming is the default here. Without truncate:false a long prompt is cut in silence.
    var body =
        new JsonObject()
            .put("model", chat.model())
            .put("stream", chat.stream())
            .put("truncate", false)
            .put("messages", OllamaMessages.of(asked))
            .put("options", options(chat));
    tools(body, Toolbox.of(asked));
    if (asked.format() != null) {
      body.put(
          "format",
          asked.format().schema() == null
              ? "json"
              : new JsonObject(asked.format().schema()).copy());
    }
    var word = Effort.word(asked.reasoning());
    if (word != null) {
      body.put("think", think(word));
    }
    return body;
  }

  private static Object think(String word) {
    return switch (word) {
      case "none" -> false;
      case "minimal" -> "low";
      case "xhigh" -> "high";
      default -> word;
    };
  }

  private static void tools(JsonObject body, Toolbox tools) {
    // There is no tool choice: tools that may not be called are left away.
    if (tools.isEmpty() || tools.isForbidden()) {
      return;
    }
    if (tools.isForced()) {
      throw Unsupported.by(NAME, "a forced tool choice");
    }
    if (tools.oneAtATime()) {
      throw Unsupported.by(NAME, "parallel tool calls switched off");
    }
    body.put("tools", new JsonArray(tools.tools().stream().map(OllamaBody::tool).toList()));
  }

  private static JsonObject tool(Tool tool) {
    var function = new JsonObject().put("name", tool.name());
    if (tool.description() != null) {
      function.put("description", tool.description());
    }
    return new JsonObject()
        .put("type", "function")
        .put("function", function.put("parameters", Json.schema(tool.schema())));
  }

  private static JsonObject options(ProviderRequest.Chat chat) {
    var sampling = chat.request().sampling();
    var options = new JsonObject().put("num_predict", chat.maxOutputTokens());
    if (sampling.temperature() != null) {
      options.put("temperature", Math.min(2, Math.max(0, sampling.temperature())));
    }
    put(options, "top_p", sampling.topP());
    put(options, "top_k", sampling.topK());
    put(options, "presence_penalty", sampling.presencePenalty());
    put(options, "frequency_penalty", sampling.frequencyPenalty());
    put(options, "seed", sampling.seed());
    if (!chat.request().stop().isEmpty()) {
      options.put("stop", chat.request().stop());
    }
    return options;
  }

  private static void put(JsonObject options, String name, Number value) {
    if (value != null) {
      options.put(name, value);
    }
  }
}

package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.config.Compat;
import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.ToolChoice;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.wire.Effort;
import io.commandcenter.akm.provider.wire.Json;
import io.commandcenter.akm.provider.wire.Toolbox;
import io.commandcenter.akm.provider.wire.Unsupported;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Writes the body of a request to Chat Completions. */
final class OpenAiBody {
  /** More stop texts than these are refused with 400. */
  static final int MOST_STOPS = 4;

  private static final String NAME = "Chat Completions";

  private OpenAiBody() {}

  static JsonObject of(ProviderRequest.Chat chat, Compat compat) {
    var asked = chat.request();
    var reasons = OpenAiModels.isReasoning(chat.model());
    var body =
        new JsonObject()
            .put("model", chat.model())
            .put("messages", OpenAiMessages.of(asked.turns(), compat))
            .put(maxTokensField(compat, reasons), chat.maxOutputTokens());
    if (chat.stream()) {
      body.put("stream", true);
      if (compat.streamUsage()) {
        body.put("stream_options", new JsonObject().put("include_usage", true));
      }
    }
    tools(body, Toolbox.of(asked), compat);
    if (asked.format() != null) {
      body.put("response_format", format(asked.format()));
    }
    reasoning(body, chat, compat, reasons);
    // Reasoning models refuse sampling, and stop texts: these are cut from the answer instead.
    if (!reasons) {
      sampling(body, chat, compat);
      if (!asked.stop().isEmpty()) {
        body.put("stop", asked.stop().stream().limit(MOST_STOPS).toList());
      }
    }
    if (asked.endUser() != null && compat.endUserField() != null) {
      body.put(compat.endUserField(), asked.endUser());
    }
    return body;
  }

  /** The stop texts that the provider does not end its answer at. */
  static List<String> cuts(ProviderRequest.Chat chat) {
    var stops = chat.request().stop();
    return OpenAiModels.isReasoning(chat.model()) || stops.size() > MOST_STOPS ? stops : List.of();
  }

  static String maxTokensField(Compat compat, boolean reasons) {
    return compat.maxTokensField().equals("auto")
        ? reasons ? "max_completion_tokens" : "max_tokens"
        : compat.maxTokensField();
  }

  private static void tools(JsonObject body, Toolbox tools, Compat compat) {
    if (tools.isEmpty()) {
      return;
    }
    if (!compat.tools()) {
      throw Unsupported.by("This provider", "tools");
    }
    var strict = compat.strict();
    body.put("tools", new JsonArray(tools.tools().stream().map(t -> tool(t, strict)).toList()));
    if (tools.mode() != null) {
      body.put("tool_choice", choice(tools));
    }
    if (tools.parallel() != null && tools.mode() != ToolChoice.Mode.NONE) {
      body.put("parallel_tool_calls", tools.parallel());
    }
  }

  /** One function, as Chat Completions and Ollama have it. */
  static JsonObject tool(Tool tool, boolean strict) {
    var function = new JsonObject().put("name", tool.name());
    if (tool.description() != null) {
      function.put("description", tool.description());
    }
    function.put("parameters", Json.schema(tool.schema()));
    if (strict && tool.strict() != null) {
      function.put("strict", tool.strict());
    }
    return new JsonObject().put("type", "function").put("function", function);
  }

  private static Object choice(Toolbox tools) {
    return switch (tools.mode()) {
      case AUTO -> "auto";
      case NONE -> "none";
      case REQUIRED ->
          tools.forced() == null
              ? "required"
              : new JsonObject()
                  .put("type", "function")
                  .put("function", new JsonObject().put("name", tools.forced()));
    };
  }

  private static JsonObject format(OutputFormat format) {
    if (format.schema() == null) {
      return new JsonObject().put("type", "json_object");
    }
    return new JsonObject().put("type", "json_schema").put("json_schema", schema(format));
  }

  static JsonObject schema(OutputFormat format) {
    var schema =
        new JsonObject()
            .put("name", format.name() == null ? "answer" : format.name())
            .put("schema", new JsonObject(format.schema()).copy());
    return format.strict() == null ? schema : schema.put("strict", format.strict());
  }

  /** A model that does not reason refuses the field, so it is left out for it. */
  private static void reasoning(
      JsonObject body, ProviderRequest.Chat chat, Compat compat, boolean reasons) {
    var word = Effort.word(chat.request().reasoning());
    if (word == null || compat.reasoning().equals("none")) {
      return;
    }
    if (compat.reasoning().equals("reasoning")) {
      body.put("reasoning", new JsonObject().put("effort", word));
    } else if (reasons || !compat.responses()) {
      body.put("reasoning_effort", word);
    }
  }

  private static void sampling(JsonObject body, ProviderRequest.Chat chat, Compat compat) {
    var sampling = chat.request().sampling();
    if (sampling.topK() != null && !compat.topK()) {
      throw Unsupported.by(NAME, "top_k");
    }
    put(body, "temperature", clamped(sampling.temperature(), 0, 2));
    put(body, "top_p", sampling.topP());
    put(body, "top_k", sampling.topK());
    put(body, "presence_penalty", sampling.presencePenalty());
    put(body, "frequency_penalty", sampling.frequencyPenalty());
    put(body, "seed", compat.seed() ? sampling.seed() : null);
  }

  static Double clamped(Double value, double least, double most) {
    return value == null ? null : Double.valueOf(Math.min(most, Math.max(least, value)));
  }

  private static void put(JsonObject body, String name, Object value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}

package io.commandcenter.akm.provider.google;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.ToolNames;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.wire.Effort;
import io.commandcenter.akm.provider.wire.Json;
import io.commandcenter.akm.provider.wire.Toolbox;
import io.commandcenter.akm.provider.wire.Unsupported;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Writes the body of generateContent. */
final class GoogleBody {
  /** More stop texts than these are refused with 400; the others are cut from the answer. */
  static final int MOST_STOPS = 5;

  private GoogleBody() {}

  static JsonObject of(ProviderRequest.Chat chat) {
    var asked = chat.request();
    var contents = contents(chat);
    var body = new JsonObject();
    var system = asked.system();
    if (contents.isEmpty() && !system.isEmpty()) {
      // A request without contents is refused.
      add(contents, "user", text(system));
    } else if (!system.isEmpty()) {
      body.put("systemInstruction", new JsonObject().put("parts", text(system)));
    }
    if (contents.isEmpty()) {
      throw Failure.badRequest("Nothing is asked: say something in a user's turn.");
    }
    body.put("contents", contents).put("generationConfig", settings(chat));
    tools(body, Toolbox.of(asked));
    return body;
  }

  /** Neighbours of one role become parts of one turn: Google wants the roles to alternate. */
  private static JsonArray contents(ProviderRequest.Chat chat) {
    var written =
        new GoogleParts(ToolNames.of(chat.request()), GoogleModels.wantsSignatures(chat.model()));
    var contents = new JsonArray();
    for (var turn : chat.request().turns()) {
      if (turn.role() == Turn.Role.SYSTEM) {
        if (!turn.parts().stream().allMatch(Part.Text.class::isInstance)) {
          throw Unsupported.by(GoogleParts.NAME, "anything but text in a system turn");
        }
        continue;
      }
      var parts = written.of(turn);
      if (!parts.isEmpty()) {
        add(contents, turn.role() == Turn.Role.USER ? "user" : "model", parts);
      }
    }
    return contents;
  }

  private static void add(JsonArray contents, String role, JsonArray parts) {
    var last = contents.isEmpty() ? null : contents.getJsonObject(contents.size() - 1);
    if (last != null && role.equals(last.getString("role"))) {
      last.getJsonArray("parts").addAll(parts);
    } else {
      contents.add(new JsonObject().put("role", role).put("parts", parts));
    }
  }

  static JsonArray text(String text) {
    return JsonArray.of(new JsonObject().put("text", text));
  }

  private static JsonObject settings(ProviderRequest.Chat chat) {
    var asked = chat.request();
    var sampling = asked.sampling();
    var settings = new JsonObject().put("maxOutputTokens", chat.maxOutputTokens());
    if (sampling.temperature() != null) {
      settings.put("temperature", Math.min(2, Math.max(0, sampling.temperature())));
    }
    put(settings, "topP", sampling.topP());
    put(settings, "topK", sampling.topK());
    put(settings, "presencePenalty", sampling.presencePenalty());
    put(settings, "frequencyPenalty", sampling.frequencyPenalty());
    if (sampling.seed() != null) {
      // A seed here has 32 bits; the same long one gives the same short one.
      settings.put("seed", sampling.seed().intValue());
    }
    if (!asked.stop().isEmpty()) {
      settings.put("stopSequences", asked.stop().stream().limit(MOST_STOPS).toList());
    }
    if (asked.format() != null) {
      settings.put("responseMimeType", "application/json");
      if (asked.format().schema() != null) {
        settings.put("responseJsonSchema", new JsonObject(asked.format().schema()).copy());
      }
    }
    thinking(settings, chat.model(), asked);
    return settings;
  }

  private static void put(JsonObject settings, String name, Number value) {
    if (value != null) {
      settings.put(name, value);
    }
  }

  private static void thinking(JsonObject settings, String model, ChatRequest asked) {
    var config = new JsonObject();
    if (asked.reasoning() == null || !GoogleModels.thinks(model)) {
      return;
    }
    if (Effort.shown(asked.reasoning())) {
      config.put("includeThoughts", true);
    }
    var word = Effort.word(asked.reasoning());
    if (word != null && GoogleModels.thinksInLevels(model)) {
      config.put("thinkingLevel", level(word));
    } else if (word != null) {
      int tokens = Effort.tokens(asked.reasoning());
      config.put("thinkingBudget", tokens == 0 && GoogleModels.alwaysThinks(model) ? 128 : tokens);
    }
    if (!config.isEmpty()) {
      settings.put("thinkingConfig", config);
    }
  }

  private static String level(String word) {
    return switch (word) {
      case "none", "minimal" -> "MINIMAL";
      case "low" -> "LOW";
      case "medium" -> "MEDIUM";
      default -> "HIGH";
    };
  }

  private static void tools(JsonObject body, Toolbox tools) {
    if (tools.isEmpty()) {
      return;
    }
    if (tools.oneAtATime()) {
      throw Unsupported.by(GoogleParts.NAME, "parallel tool calls switched off");
    }
    var declarations = new JsonArray(tools.tools().stream().map(GoogleBody::tool).toList());
    body.put("tools", JsonArray.of(new JsonObject().put("functionDeclarations", declarations)));
    if (tools.mode() == null) {
      return;
    }
    var config =
        switch (tools.mode()) {
          case AUTO -> new JsonObject().put("mode", "AUTO");
          case NONE -> new JsonObject().put("mode", "NONE");
          case REQUIRED ->
              tools.forced() == null
                  ? new JsonObject().put("mode", "ANY")
                  : new JsonObject()
                      .put("mode", "ANY")
                      .put("allowedFunctionNames", JsonArray.of(tools.forced()));
        };
    body.put("toolConfig", new JsonObject().put("functionCallingConfig", config));
  }

  private static JsonObject tool(Tool tool) {
    var json = new JsonObject().put("name", tool.name());
    if (tool.description() != null) {
      json.put("description", tool.description());
    }
    // The older `parameters` refuses $ref, $schema and additionalProperties.
    return tool.schema().isEmpty()
        ? json
        : json.put("parametersJsonSchema", Json.schema(tool.schema()));
  }
}

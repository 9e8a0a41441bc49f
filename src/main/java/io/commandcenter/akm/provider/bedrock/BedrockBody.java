package io.commandcenter.akm.provider.bedrock;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.anthropic.AnthropicModels;
import io.commandcenter.akm.provider.anthropic.AnthropicThinking;
import io.commandcenter.akm.provider.wire.Json;
import io.commandcenter.akm.provider.wire.Toolbox;
import io.commandcenter.akm.provider.wire.Unsupported;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the body of Converse and ConverseStream. */
final class BedrockBody {
  private static final String ANTHROPIC = "anthropic.";

  private BedrockBody() {}

  /** The vendor's own name of a Claude model, without region and version; else the whole id. */
  static String bare(String model) {
    int at = model.indexOf(ANTHROPIC);
    return at < 0
        ? model
        : model.substring(at + ANTHROPIC.length()).replaceFirst("-v\\d+(:.*)?$", "");
  }

  static boolean isClaude(String model) {
    return model.contains(ANTHROPIC);
  }

  /** Whose signature stands under a model's thinking. */
  static String origin(String model) {
    return isClaude(model) ? "anthropic" : "bedrock";
  }

  static JsonObject of(ProviderRequest.Chat chat) {
    var asked = chat.request();
    if (asked.format() != null) {
      throw Unsupported.by(BedrockBlocks.NAME, "JSON output");
    }
    var messages = messages(chat);
    var body = new JsonObject();
    if (messages.isEmpty() && !asked.system().isEmpty()) {
      messages.add(message("user", text(asked.system())));
    } else if (!asked.system().isEmpty()) {
      body.put("system", text(asked.system()));
    }
    check(chat.model(), messages);
    body.put("messages", messages);
    var tools = Toolbox.of(asked);
    tools(body, chat.model(), asked, tools);
    var more = new JsonObject();
    if (isClaude(chat.model())) {
      AnthropicThinking.put(
          more,
          new ProviderRequest.Chat(bare(chat.model()), asked, chat.maxOutputTokens(), false),
          tools.isForced());
    }
    body.put("inferenceConfig", settings(chat, more));
    return more.isEmpty() ? body : body.put("additionalModelRequestFields", more);
  }

  private static JsonArray text(String text) {
    return JsonArray.of(new JsonObject().put("text", text));
  }

  private static JsonObject message(String role, JsonArray content) {
    return new JsonObject().put("role", role).put("content", content);
  }

  /** Neighbours of one role become one message. */
  private static JsonArray messages(ProviderRequest.Chat chat) {
    var blocks = new BedrockBlocks(origin(chat.model()));
    var messages = new JsonArray();
    JsonObject last = null;
    for (var turn : chat.request().turns()) {
      var content = turn.role() == Turn.Role.SYSTEM ? system(turn) : blocks.of(turn);
      var role = turn.role() == Turn.Role.USER ? "user" : "assistant";
      if (content.isEmpty()) {
        continue;
      }
      if (last != null && role.equals(last.getString("role"))) {
        last.getJsonArray("content").addAll(content);
      } else {
        last = message(role, content);
        messages.add(last);
      }
    }
    return messages;
  }

  private static JsonArray system(Turn turn) {
    if (!turn.parts().stream().allMatch(Part.Text.class::isInstance)) {
      throw Unsupported.by(BedrockBlocks.NAME, "anything but text in a system turn");
    }
    return new JsonArray();
  }

  private static void check(String model, JsonArray messages) {
    if (messages.isEmpty()) {
      throw Failure.badRequest("Nothing is asked: say something in a user's turn.");
    }
    if (!"user".equals(messages.getJsonObject(0).getString("role"))) {
      throw Unsupported.by(BedrockBlocks.NAME, "a conversation that the assistant begins");
    }
    boolean prefilled =
        "assistant".equals(messages.getJsonObject(messages.size() - 1).getString("role"));
    if (prefilled && isClaude(model) && !AnthropicModels.goesOnFromAnAnswer(bare(model))) {
      throw Unsupported.by(model, "the beginning of its own answer as the last turn");
    }
  }

  private static void tools(JsonObject body, String model, ChatRequest asked, Toolbox tools) {
    // Converse has no way to forbid a call: the tools are left away, unless they were called.
    var usable = tools.isForbidden() ? List.<Tool>of() : tools.tools();
    var named = usable.isEmpty() ? called(asked) : usable;
    if (named.isEmpty()) {
      return;
    }
    if (tools.oneAtATime()) {
      throw Unsupported.by(BedrockBlocks.NAME, "parallel tool calls switched off");
    }
    var config =
        new JsonObject()
            .put("tools", new JsonArray(named.stream().map(BedrockBody::tool).toList()));
    if (tools.isForced()) {
      if (isClaude(model) && !AnthropicModels.canBeForced(bare(model))) {
        throw Unsupported.by(model, "a forced tool choice (auto and none only)");
      }
      config.put(
          "toolChoice",
          tools.forced() == null
              ? new JsonObject().put("any", new JsonObject())
              : new JsonObject().put("tool", new JsonObject().put("name", tools.forced())));
    }
    body.put("toolConfig", config);
  }

  /** A conversation with calls in it is refused without their tools. */
  private static List<Tool> called(ChatRequest asked) {
    var names = new ArrayList<String>();
    asked.turns().stream()
        .flatMap(turn -> turn.parts().stream())
        .filter(Part.ToolCall.class::isInstance)
        .map(part -> ((Part.ToolCall) part).name())
        .filter(name -> !names.contains(name))
        .forEach(names::add);
    return names.stream().map(name -> new Tool(name, null, Map.of(), null)).toList();
  }

  private static JsonObject tool(Tool tool) {
    var spec = new JsonObject().put("name", tool.name());
    if (tool.description() != null && !tool.description().isBlank()) {
      spec.put("description", tool.description());
    }
    return new JsonObject()
        .put(
            "toolSpec",
            spec.put("inputSchema", new JsonObject().put("json", Json.schema(tool.schema()))));
  }

  private static JsonObject settings(ProviderRequest.Chat chat, JsonObject more) {
    var sampling = chat.request().sampling();
    var settings = new JsonObject().put("maxTokens", chat.maxOutputTokens());
    var stop = chat.request().stop().stream().filter(text -> !text.isBlank()).toList();
    if (!stop.isEmpty()) {
      settings.put("stopSequences", stop);
    }
    if (isSet(sampling.presencePenalty()) || isSet(sampling.frequencyPenalty())) {
      throw Unsupported.by(BedrockBlocks.NAME, "presence or frequency penalties");
    }
    var claude = isClaude(chat.model());
    var name = bare(chat.model());
    if (claude && (!AnthropicModels.samples(name) || more.containsKey("thinking"))) {
      return settings;
    }
    if (sampling.temperature() != null) {
      settings.put("temperature", Math.min(1, Math.max(0, sampling.temperature())));
    }
    if (sampling.topP() != null
        && !(settings.containsKey("temperature")
            && claude
            && AnthropicModels.takesOneSampling(name))) {
      settings.put("topP", sampling.topP());
    }
    if (sampling.topK() != null) {
      if (!claude) {
        throw Unsupported.by(BedrockBlocks.NAME, "top_k for this model");
      }
      more.put("top_k", sampling.topK());
    }
    return settings;
  }

  private static boolean isSet(Double penalty) {
    return penalty != null && penalty != 0;
  }
}

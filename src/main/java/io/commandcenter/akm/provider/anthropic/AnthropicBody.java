package io.commandcenter.akm.provider.anthropic;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.provider.ProviderRequest;
import io.commandcenter.akm.provider.wire.Json;
import io.commandcenter.akm.provider.wire.Toolbox;
import io.commandcenter.akm.provider.wire.Unsupported;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Writes the body of a request to the Messages API. */
final class AnthropicBody {
  private static final String NAME = "Anthropic";

  private AnthropicBody() {}

  /**
   * @throws Failure BAD_REQUEST for what the model or the API cannot do
   */
  static JsonObject of(ProviderRequest.Chat chat) {
    var asked = chat.request();
    var body =
        new JsonObject().put("model", chat.model()).put("max_tokens", chat.maxOutputTokens());
    var system = asked.system();
    var messages = messages(chat);
    if (messages.isEmpty() && !system.isEmpty()) {
      // A conversation without a user's turn is refused.
      add(messages, "user", text(system));
    } else if (!system.isEmpty()) {
      body.put("system", system);
    }
    checkOrder(chat.model(), messages);
    messages.stream().map(JsonObject.class::cast).forEach(AnthropicBody::shorten);
    body.put("messages", messages);
    // A blank stop sequence is refused with 400.
    var stop = asked.stop().stream().filter(text -> !text.isBlank()).toList();
    if (!stop.isEmpty()) {
      body.put("stop_sequences", stop);
    }
    if (chat.stream()) {
      body.put("stream", true);
    }
    if (asked.endUser() != null) {
      body.put("metadata", new JsonObject().put("user_id", asked.endUser()));
    }
    var tools = Toolbox.of(asked);
    tools(body, chat.model(), tools);
    AnthropicThinking.put(body, chat, tools.isForced());
    format(body, chat);
    sampling(body, chat);
    return body;
  }

  private static JsonArray messages(ProviderRequest.Chat chat) {
    var messages = new JsonArray();
    for (var turn : chat.request().turns()) {
      if (turn.role() == Turn.Role.SYSTEM) {
        if (turn.parts().stream().anyMatch(part -> !isText(part))) {
          throw Unsupported.by(NAME, "anything but text in a system turn");
        }
        continue;
      }
      var blocks = AnthropicBlocks.of(turn);
      if (!blocks.isEmpty()) {
        add(messages, turn.role() == Turn.Role.USER ? "user" : "assistant", blocks);
      }
    }
    return messages;
  }

  private static boolean isText(Part part) {
    return part instanceof Part.Text;
  }

  private static JsonArray text(String text) {
    return JsonArray.of(new JsonObject().put("type", "text").put("text", text));
  }

  /** Neighbours of one role become one message, in which the results of tools stand first. */
  private static void add(JsonArray messages, String role, JsonArray blocks) {
    var last = messages.isEmpty() ? null : messages.getJsonObject(messages.size() - 1);
    if (last == null || !role.equals(last.getString("role"))) {
      messages.add(new JsonObject().put("role", role).put("content", blocks));
      return;
    }
    var results = new JsonArray();
    var others = new JsonArray();
    last.getJsonArray("content").copy().addAll(blocks).stream()
        .map(JsonObject.class::cast)
        .forEach(
            block -> ("tool_result".equals(block.getString("type")) ? results : others).add(block));
    last.put("content", results.addAll(others));
  }

  private static void checkOrder(String model, JsonArray messages) {
    if (messages.isEmpty()) {
      throw Failure.badRequest("Nothing is asked: say something in a user's turn.");
    }
    if (!"user".equals(messages.getJsonObject(0).getString("role"))) {
      throw Unsupported.by(NAME, "a conversation that the assistant begins");
    }
    var last = messages.getJsonObject(messages.size() - 1);
    if (!"assistant".equals(last.getString("role"))) {
      return;
    }
    if (!AnthropicModels.goesOnFromAnAnswer(model)) {
      throw Unsupported.by(model, "the beginning of its own answer as the last turn");
    }
    var end = last.getJsonArray("content");
    var block = end.getJsonObject(end.size() - 1);
    if (block.containsKey("text")) {
      // White space at the end is refused with 400.
      block.put("text", block.getString("text").stripTrailing());
    }
  }

  /** A lone text is sent as such. */
  private static void shorten(JsonObject message) {
    var content = message.getJsonArray("content");
    var first = content.getJsonObject(0);
    if (content.size() == 1 && "text".equals(first.getString("type"))) {
      message.put("content", first.getString("text"));
    }
  }

  private static void tools(JsonObject body, String model, Toolbox tools) {
    if (tools.isEmpty()) {
      return;
    }
    body.put("tools", new JsonArray(tools.tools().stream().map(AnthropicBody::tool).toList()));
    if (tools.mode() == null) {
      return;
    }
    if (tools.isForced() && !AnthropicModels.canBeForced(model)) {
      throw Unsupported.by(model, "a forced tool choice (auto and none only)");
    }
    var choice =
        switch (tools.mode()) {
          case AUTO -> new JsonObject().put("type", "auto");
          case NONE -> new JsonObject().put("type", "none");
          case REQUIRED ->
              tools.forced() == null
                  ? new JsonObject().put("type", "any")
                  : new JsonObject().put("type", "tool").put("name", tools.forced());
        };
    body.put(
        "tool_choice", tools.oneAtATime() ? choice.put("disable_parallel_tool_use", true) : choice);
  }

  private static JsonObject tool(Tool tool) {
    var json = new JsonObject().put("name", tool.name());
    if (tool.description() != null) {
      json.put("description", tool.description());
    }
    json.put("input_schema", Json.schema(tool.schema()));
    return Boolean.TRUE.equals(tool.strict()) ? json.put("strict", true) : json;
  }

  private static void format(JsonObject body, ProviderRequest.Chat chat) {
    var format = chat.request().format();
    if (format == null) {
      return;
    }
    if (format.schema() == null) {
      throw Unsupported.by(NAME, "JSON output without a schema");
    }
    AnthropicThinking.config(body)
        .put(
            "format",
            new JsonObject()
                .put("type", "json_schema")
                .put("schema", new JsonObject(format.schema()).copy()));
  }

  /** Newer models refuse every sampling parameter, so it is left out for them. */
  private static void sampling(JsonObject body, ProviderRequest.Chat chat) {
    var sampling = chat.request().sampling();
    if (isSet(sampling.presencePenalty()) || isSet(sampling.frequencyPenalty())) {
      throw Unsupported.by(NAME, "presence or frequency penalties");
    }
    if (!AnthropicModels.samples(chat.model()) || body.containsKey("thinking")) {
      return;
    }
    if (sampling.temperature() != null) {
      body.put("temperature", Math.min(1, Math.max(0, sampling.temperature())));
    }
    if (sampling.topP() != null
        && !(body.containsKey("temperature") && AnthropicModels.takesOneSampling(chat.model()))) {
      body.put("top_p", sampling.topP());
    }
    if (sampling.topK() != null) {
      body.put("top_k", sampling.topK());
    }
  }

  private static boolean isSet(Double penalty) {
    return penalty != null && penalty != 0;
  }
}

package io.commandcenter.akm.simulator.anthropic;

import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Conversation;
import io.commandcenter.akm.simulator.wire.Dialect.Malformed;
import io.commandcenter.akm.simulator.wire.Texts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code POST /v1/messages}, as strictly as Anthropic does. */
final class AnthropicRequests {
  /** What is signed by this simulator; any other signature is foreign. */
  static final String SIGNATURE = "c2ltdWxhdGVkLXRoaW5raW5n";

  private static final Pattern REFUSES_SAMPLING =
      Pattern.compile("claude-(?:(?:opus|sonnet|haiku|fable)-[5-9]|opus-4-[789]).*");
  private static final Pattern REFUSES_FORCE = Pattern.compile("claude-(?:opus|sonnet)-5-5.*");
  private static final Pattern ID = Pattern.compile("[a-zA-Z0-9_-]+");

  private AnthropicRequests() {}

  static Ask.Chat chat(JsonObject body) {
    var model = Texts.required(body, "model");
    refuseSampling(model, body);
    var chat = conversation(model, body);
    var thinking = Texts.object(body, "thinking").getString("type", "disabled");
    var format = Texts.object(Texts.object(body, "output_config"), "format");
    return chat.limit(limit(body), Texts.optionalInputs(body, "stop_sequences"))
        .tools(tools(model, body))
        .json(format.getJsonObject("schema"))
        .thinks(!thinking.equals("disabled"))
        .streams(Boolean.TRUE.equals(body.getValue("stream")), true)
        .ask();
  }

  static Ask.Count count(JsonObject body) {
    var model = Texts.required(body, "model");
    return new Ask.Count(model, conversation(model, body).ask().all());
  }

  private static Optional<Integer> limit(JsonObject body) {
    var limit = Texts.limit(body, "max_tokens");
    if (limit.isEmpty()) {
      throw new Malformed("max_tokens: Field required");
    }
    return limit;
  }

  private static void refuseSampling(String model, JsonObject body) {
    for (var name : List.of("temperature", "top_p", "top_k")) {
      if (body.containsKey(name) && REFUSES_SAMPLING.matcher(model).matches()) {
        throw new Malformed("`" + name + "` is not supported for this model.");
      }
    }
  }

  private static Conversation conversation(String model, JsonObject body) {
    var chat = new Conversation(model);
    var system = body.getValue("system");
    if (system instanceof String text) {
      chat.system(text);
    } else if (system instanceof JsonArray) {
      Texts.objects(body, "system").forEach(block -> chat.system(Texts.required(block, "text")));
    }
    var messages = Texts.objects(body, "messages");
    if (!messages.get(0).getString("role", "").equals("user")) {
      throw new Malformed("messages: first message must use the user role");
    }
    messages.forEach(message -> read(chat, message));
    return chat;
  }

  private static void read(Conversation chat, JsonObject message) {
    boolean isUser = Texts.role(message, List.of("user", "assistant")).equals("user");
    var texts = new ArrayList<String>();
    if (message.getValue("content") instanceof JsonArray) {
      Texts.objects(message, "content").forEach(block -> texts.add(block(chat, block)));
    } else {
      texts.add(Texts.required(message, "content"));
    }
    var text = Texts.joined(texts);
    if (isUser && !text.isEmpty()) {
      chat.user(text);
    } else if (!isUser) {
      chat.assistant(text);
    }
  }

  /** The block's text; empty for any other kind of block. */
  private static String block(Conversation chat, JsonObject block) {
    var type = Texts.required(block, "type");
    switch (type) {
      case "text":
        return Texts.required(block, "text");
      case "image", "document":
        source(block);
        chat.saw(type);
        return "";
      case "tool_use":
        Texts.required(block, "name");
        if (!(block.getValue("input") instanceof JsonObject)) {
          throw new Malformed("tool_use.input: Input should be a valid dictionary");
        }
        chat.called(id(block, "id"));
        return "";
      case "tool_result":
        result(chat, block);
        return "";
      case "thinking":
        if (!SIGNATURE.equals(block.getValue("signature"))) {
          throw new Malformed("Invalid `signature` in `thinking` block");
        }
        return "";
      default:
        throw new Malformed("messages: unexpected content block " + type);
    }
  }

  private static String id(JsonObject block, String name) {
    var id = Texts.required(block, name);
    if (!ID.matcher(id).matches()) {
      throw new Malformed(name + ": String should match pattern '^[a-zA-Z0-9_-]+$'");
    }
    return id;
  }

  private static void source(JsonObject block) {
    var source = Texts.object(block, "source");
    switch (Texts.required(source, "type")) {
      case "base64", "text" -> {
        Texts.required(source, "media_type");
        Texts.required(source, "data");
      }
      case "url" -> Texts.required(source, "url");
      case "file" -> Texts.required(source, "file_id");
      default -> throw new Malformed("source: unexpected type");
    }
  }

  private static void result(Conversation chat, JsonObject block) {
    var texts = new ArrayList<String>();
    if (block.getValue("content") instanceof JsonArray content && !content.isEmpty()) {
      Texts.objects(block, "content").forEach(part -> texts.add(block(chat, part)));
    } else if (block.getValue("content") instanceof String text) {
      texts.add(text);
    }
    chat.result(id(block, "tool_use_id"), Texts.joined(texts));
  }

  private static Ask.Tools tools(String model, JsonObject body) {
    var offered =
        Texts.optionalObjects(body, "tools").stream()
            .map(
                tool ->
                    new Ask.Tool(Texts.required(tool, "name"), Texts.object(tool, "input_schema")))
            .toList();
    var choice = Texts.object(body, "tool_choice");
    var type = choice.getString("type", "auto");
    boolean must = type.equals("any") || type.equals("tool");
    if (must && REFUSES_FORCE.matcher(model).matches()) {
      throw new Malformed("tool_choice: this model does not support forced tool use");
    }
    return new Ask.Tools(
        offered,
        !type.equals("none"),
        must,
        type.equals("tool") ? Texts.required(choice, "name") : null,
        !choice.getBoolean("disable_parallel_tool_use", false));
  }
}

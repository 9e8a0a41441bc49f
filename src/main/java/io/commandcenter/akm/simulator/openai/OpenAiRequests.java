package io.commandcenter.akm.simulator.openai;

import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Conversation;
import io.commandcenter.akm.simulator.wire.Dialect.Malformed;
import io.commandcenter.akm.simulator.wire.Texts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads Chat Completions, completions and embeddings, as strictly as OpenAI does. */
final class OpenAiRequests {
  static final String CHAT = "chat";
  static final String COMPLETION = "completion";
  static final String BASE64 = "base64";

  private static final Pattern REASONING = Pattern.compile("o\\d.*|gpt-(?:[5-9]|\\d\\d).*");
  private static final List<String> ROLES =
      List.of("system", "developer", "user", "assistant", "tool");

  private OpenAiRequests() {}

  static Ask chat(JsonObject body) {
    var model = Texts.required(body, "model");
    boolean isReasoning = REASONING.matcher(model).matches();
    if (isReasoning) {
      refuse(body, "max_tokens", "stop", "temperature");
    }
    var chat = new Conversation(model);
    Texts.objects(body, "messages").forEach(message -> read(chat, message));
    var effort = body.getString("reasoning_effort", "none");
    return streams(chat, body)
        .limit(
            Texts.limit(body, isReasoning ? "max_completion_tokens" : "max_tokens")
                .or(() -> Texts.limit(body, "max_completion_tokens")),
            Texts.optionalInputs(body, "stop"))
        .tools(tools(body))
        .json(schema(Texts.object(body, "response_format")))
        .thinks(!effort.equals("none") && !effort.equals("minimal"))
        .form(CHAT)
        .ask();
  }

  static Ask completion(JsonObject body) {
    var chat = new Conversation(Texts.required(body, "model"));
    Texts.inputs(body, "prompt").forEach(chat::user);
    return streams(chat, body)
        .limit(Texts.limit(body, "max_tokens"), Texts.optionalInputs(body, "stop"))
        .form(COMPLETION)
        .ask();
  }

  static Ask embeddings(JsonObject body) {
    return new Ask.Embed(
        Texts.required(body, "model"),
        Texts.inputs(body, "input"),
        Texts.limit(body, "dimensions"),
        body.getString("encoding_format", "float"));
  }

  static void refuse(JsonObject body, String... names) {
    for (var name : names) {
      if (body.containsKey(name)) {
        throw new Malformed(
            "Unsupported parameter: '" + name + "' is not supported with this model.");
      }
    }
  }

  private static Conversation streams(Conversation chat, JsonObject body) {
    var options = Texts.object(body, "stream_options");
    boolean streams = Boolean.TRUE.equals(body.getValue("stream"));
    if (!streams && !options.isEmpty()) {
      throw new Malformed(
          "The 'stream_options' parameter is only allowed when 'stream' is enabled.");
    }
    return chat.streams(streams, options.getBoolean("include_usage", false));
  }

  private static void read(Conversation chat, JsonObject message) {
    switch (Texts.role(message, ROLES)) {
      case "user" -> chat.user(content(chat, message));
      case "assistant" -> assistant(chat, message);
      case "tool" -> chat.result(Texts.required(message, "tool_call_id"), content(chat, message));
      default -> chat.system(content(chat, message));
    }
  }

  private static void assistant(Conversation chat, JsonObject message) {
    var calls = Texts.optionalObjects(message, "tool_calls");
    if (message.getValue("content") != null) {
      chat.assistant(content(chat, message));
    } else if (calls.isEmpty() && message.getValue("refusal") == null) {
      throw new Malformed("content: Field required");
    }
    for (var call : calls) {
      var function = Texts.object(call, "function");
      Texts.required(function, "name");
      new JsonObject(Texts.required(function, "arguments"));
      chat.called(Texts.required(call, "id"));
    }
  }

  private static String content(Conversation chat, JsonObject message) {
    if (!(message.getValue("content") instanceof JsonArray)) {
      return Texts.required(message, "content");
    }
    var texts = new ArrayList<String>();
    Texts.objects(message, "content").forEach(part -> texts.add(part(chat, part)));
    return Texts.joined(texts);
  }

  private static String part(Conversation chat, JsonObject part) {
    var type = Texts.required(part, "type");
    switch (type) {
      case "text", "refusal" -> {
        return Texts.required(part, type);
      }
      case "image_url" -> {
        Texts.required(Texts.object(part, type), "url");
        chat.saw("image");
      }
      case "file" -> {
        if (Texts.object(part, type).isEmpty()) {
          throw new Malformed("file: Field required");
        }
        chat.saw("document");
      }
      case "input_audio" -> {
        Texts.required(Texts.object(part, type), "data");
        chat.saw("recording");
      }
      default -> throw new Malformed("content: unexpected type " + type);
    }
    return "";
  }

  private static Ask.Tools tools(JsonObject body) {
    var offered =
        Texts.optionalObjects(body, "tools").stream()
            .map(tool -> Texts.object(tool, "function"))
            .map(
                function ->
                    new Ask.Tool(
                        Texts.required(function, "name"), Texts.object(function, "parameters")))
            .toList();
    var choice = body.getValue("tool_choice");
    var forced =
        choice instanceof JsonObject object
            ? Texts.required(Texts.object(object, "function"), "name")
            : null;
    return choice(body, offered, forced);
  }

  /** The choice's words are the same in Chat Completions and Responses. */
  static Ask.Tools choice(JsonObject body, List<Ask.Tool> offered, String forced) {
    var choice = body.getValue("tool_choice");
    return new Ask.Tools(
        offered,
        !"none".equals(choice),
        forced != null || "required".equals(choice),
        forced,
        body.getBoolean("parallel_tool_calls", true));
  }

  private static JsonObject schema(JsonObject format) {
    return switch (format.getString("type", "text")) {
      case "json_schema" -> Texts.object(Texts.object(format, "json_schema"), "schema");
      case "json_object" -> new JsonObject();
      default -> null;
    };
  }
}

package io.commandcenter.akm.simulator.openai;

import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Conversation;
import io.commandcenter.akm.simulator.wire.Dialect.Malformed;
import io.commandcenter.akm.simulator.wire.Texts;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code POST /v1/responses}. */
final class ResponsesRequests {
  static final String RESPONSE = "response";

  private static final List<String> ROLES = List.of("system", "developer", "user", "assistant");

  private ResponsesRequests() {}

  static Ask.Chat response(JsonObject body) {
    OpenAiRequests.refuse(body, "messages", "max_tokens", "max_completion_tokens", "stop");
    var effort = Texts.object(body, "reasoning").getString("effort", "none");
    var format = Texts.object(Texts.object(body, "text"), "format");
    return conversation(body)
        .limit(Texts.limit(body, "max_output_tokens"), List.of())
        .tools(tools(body))
        .json(schema(format))
        .thinks(!effort.equals("none") && !effort.equals("minimal"))
        .streams(Boolean.TRUE.equals(body.getValue("stream")), true)
        .form(RESPONSE)
        .ask();
  }

  static Ask.Count count(JsonObject body) {
    return new Ask.Count(Texts.required(body, "model"), conversation(body).ask().all());
  }

  private static Conversation conversation(JsonObject body) {
    var chat = new Conversation(Texts.required(body, "model"));
    if (body.getValue("instructions") instanceof String text) {
      chat.system(text);
    }
    if (body.getValue("input") instanceof String text && !text.isEmpty()) {
      return chat.user(text);
    }
    Texts.objects(body, "input").forEach(item -> item(chat, item));
    return chat;
  }

  private static void item(Conversation chat, JsonObject item) {
    switch (item.getString("type", "message")) {
      case "message" -> message(chat, item);
      case "function_call" -> {
        Texts.required(item, "name");
        new JsonObject(Texts.required(item, "arguments"));
        chat.called(Texts.required(item, "call_id"));
      }
      case "function_call_output" ->
          chat.result(Texts.required(item, "call_id"), content(chat, item, "output"));
      case "reasoning" -> Texts.required(item, "id");
      default -> throw new Malformed("input: unexpected type");
    }
  }

  private static void message(Conversation chat, JsonObject item) {
    var role = Texts.role(item, ROLES);
    var text = content(chat, item, "content");
    switch (role) {
      case "user" -> chat.user(text);
      case "assistant" -> chat.assistant(text);
      default -> chat.system(text);
    }
  }

  private static String content(Conversation chat, JsonObject item, String name) {
    if (!(item.getValue(name) instanceof JsonArray)) {
      return Texts.required(item, name);
    }
    var texts = new ArrayList<String>();
    for (var part : Texts.objects(item, name)) {
      var type = Texts.required(part, "type");
      switch (type) {
        case "input_text", "output_text" -> texts.add(Texts.required(part, "text"));
        case "refusal" -> texts.add(Texts.required(part, "refusal"));
        case "input_image" -> chat.saw("image");
        case "input_file" -> chat.saw("document");
        default -> throw new Malformed(name + ": unexpected type " + type);
      }
    }
    return Texts.joined(texts);
  }

  private static Ask.Tools tools(JsonObject body) {
    var offered =
        Texts.optionalObjects(body, "tools").stream()
            .map(
                tool ->
                    new Ask.Tool(Texts.required(tool, "name"), Texts.object(tool, "parameters")))
            .toList();
    var forced =
        body.getValue("tool_choice") instanceof JsonObject choice
            ? Texts.required(choice, "name")
            : null;
    return OpenAiRequests.choice(body, offered, forced);
  }

  private static JsonObject schema(JsonObject format) {
    return switch (format.getString("type", "text")) {
      case "json_schema" -> Texts.object(format, "schema");
      case "json_object" -> new JsonObject();
      default -> null;
    };
  }
}

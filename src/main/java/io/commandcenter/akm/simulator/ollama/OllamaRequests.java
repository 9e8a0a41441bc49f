package io.commandcenter.akm.simulator.ollama;

import io.commandcenter.akm.simulator.wire.Ask;
import io.commandcenter.akm.simulator.wire.Conversation;
import io.commandcenter.akm.simulator.wire.Dialect.Malformed;
import io.commandcenter.akm.simulator.wire.Texts;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;

/** Reads chats, generations and embeddings; a stream is what is given unless it is declined. */
final class OllamaRequests {
  static final String CHAT = "chat";
  static final String GENERATE = "generate";

  private static final List<String> ROLES = List.of("system", "user", "assistant", "tool");

  private OllamaRequests() {}

  static Ask.Chat chat(JsonObject body) {
    var chat = new Conversation(Texts.required(body, "model"));
    Texts.objects(body, "messages").forEach(message -> read(chat, message));
    return settings(chat, body).tools(tools(body)).form(CHAT).ask();
  }

  static Ask.Chat generate(JsonObject body) {
    var chat = new Conversation(Texts.required(body, "model"));
    if (!body.getString("system", "").isEmpty()) {
      chat.system(body.getString("system"));
    }
    chat.user(Texts.required(body, "prompt"));
    Texts.optionalInputs(body, "images").forEach(image -> image(chat, image));
    return settings(chat, body).form(GENERATE).ask();
  }

  static Ask.Embed embed(JsonObject body) {
    return new Ask.Embed(
        Texts.required(body, "model"),
        Texts.inputs(body, "input"),
        Texts.limit(body, "dimensions"),
        "");
  }

  private static Conversation settings(Conversation chat, JsonObject body) {
    var options = Texts.object(body, "options");
    var format = body.getValue("format");
    var think = body.getValue("think");
    return chat.limit(Texts.limit(options, "num_predict"), Texts.optionalInputs(options, "stop"))
        .json(
            format instanceof JsonObject schema
                ? schema
                : "json".equals(format) ? new JsonObject() : null)
        .thinks(Boolean.TRUE.equals(think) || think instanceof String)
        .streams(!Boolean.FALSE.equals(body.getValue("stream")), true);
  }

  private static void read(Conversation chat, JsonObject message) {
    var role = Texts.role(message, ROLES);
    var calls = Texts.optionalObjects(message, "tool_calls");
    var images = Texts.optionalInputs(message, "images");
    boolean mayBeEmpty = !calls.isEmpty() || !images.isEmpty() || role.equals("tool");
    var text = mayBeEmpty ? message.getString("content", "") : Texts.required(message, "content");
    images.forEach(image -> image(chat, image));
    switch (role) {
      case "user" -> chat.user(text);
      case "assistant" -> {
        chat.assistant(text);
        calls.forEach(call -> called(chat, call));
      }
      case "tool" -> chat.result(message.getString("tool_name", ANY_TOOL), text);
      default -> chat.system(text);
    }
  }

  /** A result need not say whose it is. */
  private static final String ANY_TOOL = "";

  private static void called(Conversation chat, JsonObject call) {
    var function = Texts.object(call, "function");
    if (!(function.getValue("arguments") instanceof JsonObject)) {
      throw new Malformed("function.arguments: must be an object");
    }
    chat.called(Texts.required(function, "name")).called(ANY_TOOL);
  }

  private static void image(Conversation chat, String base64) {
    try {
      Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new Malformed("images: illegal base64 data");
    }
    chat.saw("image");
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
    return new Ask.Tools(offered, true, false, null, true);
  }
}

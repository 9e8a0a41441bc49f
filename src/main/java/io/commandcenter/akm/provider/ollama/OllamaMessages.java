package io.commandcenter.akm.provider.ollama;

import io.commandcenter.akm.core.chat.ChatRequest;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.ToolNames;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.provider.wire.Json;
import io.commandcenter.akm.provider.wire.Results;
import io.commandcenter.akm.provider.wire.Unsupported;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Locale;

/** Turns as Ollama's messages. */
final class OllamaMessages {
  static final String ORIGIN = "ollama";

  private OllamaMessages() {}

  static JsonArray of(ChatRequest request) {
    var names = ToolNames.of(request);
    var messages = new JsonArray();
    for (var turn : request.turns()) {
      for (var part : turn.parts()) {
        if (part instanceof Part.ToolResult result) {
          messages.add(result(result, names.of(result)));
        }
      }
      var message = message(turn);
      if (message.size() > 1) {
        messages.add(message.containsKey("content") ? message : message.put("content", ""));
      }
    }
    return messages;
  }

  private static JsonObject result(Part.ToolResult result, String name) {
    var message =
        new JsonObject()
            .put("role", "tool")
            .put("content", Results.marked(OllamaBody.NAME, result));
    if (name != null) {
      message.put("tool_name", name);
    }
    return message.put("tool_call_id", result.callId());
  }

  private static JsonObject message(Turn turn) {
    var texts = new ArrayList<String>();
    var images = new JsonArray();
    var calls = new JsonArray();
    var thinking = new StringBuilder();
    for (var part : turn.parts()) {
      if (part instanceof Part.Text text) {
        texts.add(text.text());
      } else if (part instanceof Part.Refusal refusal) {
        texts.add(refusal.text());
      } else if (part instanceof Part.ToolCall call) {
        calls.add(call(call));
      } else if (part instanceof Part.Thinking thought) {
        thinking.append(ORIGIN.equals(thought.origin()) ? thought.text() : "");
      } else if (part instanceof Part.Image image) {
        images.add(image(image));
      } else if (part instanceof Part.Document document) {
        texts.add(document(document));
      } else if (part instanceof Part.Audio) {
        throw Unsupported.by(OllamaBody.NAME, "audio");
      }
    }
    var message = new JsonObject().put("role", turn.role().name().toLowerCase(Locale.ROOT));
    if (!texts.isEmpty()) {
      message.put("content", String.join("\n", texts));
    }
    put(message, "images", images);
    put(message, "tool_calls", calls);
    return thinking.isEmpty() ? message : message.put("thinking", thinking.toString());
  }

  private static void put(JsonObject message, String name, JsonArray list) {
    if (!list.isEmpty()) {
      message.put(name, list);
    }
  }

  private static JsonObject call(Part.ToolCall call) {
    return new JsonObject()
        .put("id", call.id())
        .put(
            "function",
            new JsonObject()
                .put("name", call.name())
                .put("arguments", Json.arguments(call.arguments())));
  }

  private static String image(Part.Image image) {
    if (image.source() instanceof Part.Inline inline) {
      return inline.data();
    }
    // Nothing is ever downloaded for a caller: it could be an address inside this network.
    throw Unsupported.by(OllamaBody.NAME, "images by URL or by another provider's file id");
  }

  private static String document(Part.Document document) {
    if (document.source() instanceof Part.Inline inline && inline.mediaType().startsWith("text/")) {
      return Json.decoded(inline.data());
    }
    throw Unsupported.by(OllamaBody.NAME, "documents other than plain text");
  }
}

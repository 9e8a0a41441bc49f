package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.provider.wire.Json;
import io.commandcenter.akm.provider.wire.Results;
import io.commandcenter.akm.provider.wire.Unsupported;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Turns as the input items of the Responses API; system turns are its instructions. */
final class ResponsesItems {
  private static final String NAME = "The Responses API";

  private final JsonArray items = new JsonArray();
  private JsonArray content = new JsonArray();

  private ResponsesItems() {}

  static JsonArray of(List<Turn> turns) {
    var written = new ResponsesItems();
    turns.forEach(written::add);
    return written.items;
  }

  private void add(Turn turn) {
    if (turn.role() == Turn.Role.SYSTEM) {
      if (!turn.parts().stream().allMatch(Part.Text.class::isInstance)) {
        throw Unsupported.by(NAME, "anything but text in a system turn");
      }
      return;
    }
    var role = turn.role() == Turn.Role.USER ? "user" : "assistant";
    for (var part : turn.parts()) {
      if (part instanceof Part.ToolCall call) {
        flush(role);
        items.add(call(call));
      } else if (part instanceof Part.ToolResult result) {
        flush(role);
        items.add(result(result));
      } else if (!(part instanceof Part.Thinking)) {
        content.add(role.equals("user") ? asked(part) : answered(part));
      }
    }
    flush(role);
  }

  private void flush(String role) {
    if (!content.isEmpty()) {
      items.add(new JsonObject().put("type", "message").put("role", role).put("content", content));
      content = new JsonArray();
    }
  }

  private static JsonObject call(Part.ToolCall call) {
    return new JsonObject()
        .put("type", "function_call")
        .put("call_id", call.id())
        .put("name", call.name())
        .put("arguments", call.arguments().isBlank() ? "{}" : call.arguments());
  }

  private static JsonObject result(Part.ToolResult result) {
    return new JsonObject()
        .put("type", "function_call_output")
        .put("call_id", result.callId())
        .put("output", Results.marked(NAME, result));
  }

  private static JsonObject answered(Part part) {
    if (part instanceof Part.Text text) {
      return new JsonObject().put("type", "output_text").put("text", text.text());
    }
    if (part instanceof Part.Refusal refusal) {
      return new JsonObject().put("type", "refusal").put("refusal", refusal.text());
    }
    throw Unsupported.by(NAME, "images, documents or audio in an assistant's turn");
  }

  private static JsonObject asked(Part part) {
    if (part instanceof Part.Text text) {
      return text(text.text());
    }
    if (part instanceof Part.Image image) {
      var json = new JsonObject().put("type", "input_image");
      if (image.detail() != null) {
        json.put("detail", image.detail());
      }
      return image.source() instanceof Part.FileId file
          ? json.put("file_id", file.id())
          : json.put("image_url", OpenAiMessages.url(image.source()));
    }
    if (part instanceof Part.Document document) {
      return document(document);
    }
    throw Unsupported.by(NAME, part instanceof Part.Audio ? "audio" : "this content of a user");
  }

  private static JsonObject text(String text) {
    return new JsonObject().put("type", "input_text").put("text", text);
  }

  private static JsonObject document(Part.Document document) {
    var json = new JsonObject().put("type", "input_file");
    if (document.source() instanceof Part.FileId file) {
      return json.put("file_id", file.id());
    }
    if (document.source() instanceof Part.Url url) {
      return json.put("file_url", url.url());
    }
    var inline = (Part.Inline) document.source();
    return inline.mediaType().startsWith("text/")
        ? text(Json.decoded(inline.data()))
        : json.put("filename", document.name() == null ? "document" : document.name())
            .put("file_data", OpenAiMessages.url(inline));
  }
}

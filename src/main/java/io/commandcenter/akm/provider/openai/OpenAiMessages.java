package io.commandcenter.akm.provider.openai;

import io.commandcenter.akm.config.Compat;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.provider.wire.CallIds;
import io.commandcenter.akm.provider.wire.Json;
import io.commandcenter.akm.provider.wire.Results;
import io.commandcenter.akm.provider.wire.Unsupported;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** Turns as the messages of Chat Completions. */
final class OpenAiMessages {
  private static final String NAME = "Chat Completions";
  private static final String ORIGIN = "openai";

  private final Compat compat;
  private final JsonArray messages = new JsonArray();

  private OpenAiMessages(Compat compat) {
    this.compat = compat;
  }

  static JsonArray of(List<Turn> turns, Compat compat) {
    var written = new OpenAiMessages(compat);
    turns.forEach(written::add);
    return written.messages;
  }

  private void add(Turn turn) {
    switch (turn.role()) {
      case SYSTEM -> content(compat.systemRole(), turn.parts());
      case USER -> {
        // Each result is a message of its own, right behind the calls.
        turn.parts().stream()
            .filter(Part.ToolResult.class::isInstance)
            .forEach(part -> messages.add(result((Part.ToolResult) part)));
        content(
            "user",
            turn.parts().stream().filter(part -> !(part instanceof Part.ToolResult)).toList());
      }
      case ASSISTANT -> assistant(turn);
    }
  }

  private void content(String role, List<Part> parts) {
    if (parts.isEmpty()) {
      return;
    }
    Object content =
        parts.size() == 1 && parts.get(0) instanceof Part.Text text
            ? text.text()
            : new JsonArray(parts.stream().map(OpenAiMessages::piece).toList());
    messages.add(new JsonObject().put("role", role).put("content", content));
  }

  private JsonObject result(Part.ToolResult result) {
    return new JsonObject()
        .put("role", "tool")
        .put("tool_call_id", id(result.callId()))
        .put("content", Results.marked(NAME, result));
  }

  private String id(String id) {
    return compat.nineLetterIds() ? CallIds.nine(id) : id;
  }

  private void assistant(Turn turn) {
    var message = new JsonObject().put("role", "assistant").putNull("content");
    var texts = turn.parts().stream().filter(Part.Text.class::isInstance).toList();
    if (!texts.isEmpty()) {
      message.put(
          "content",
          texts.stream().map(part -> ((Part.Text) part).text()).collect(Collectors.joining()));
    }
    var calls = new JsonArray();
    var thinking = new StringBuilder();
    for (var part : turn.parts()) {
      if (part instanceof Part.ToolCall call) {
        calls.add(call(call));
      } else if (part instanceof Part.Refusal refusal) {
        message.put("refusal", refusal.text());
      } else if (part instanceof Part.Thinking thought) {
        // Thinking of another provider means nothing here.
        thinking.append(ORIGIN.equals(thought.origin()) ? thought.text() : "");
      } else if (!(part instanceof Part.Text)) {
        throw Unsupported.by(NAME, "images, documents or audio in an assistant's turn");
      }
    }
    if (!calls.isEmpty()) {
      message.put("tool_calls", calls);
      if (compat.thinkingField() != null && !thinking.isEmpty()) {
        message.put(compat.thinkingField(), thinking.toString());
      }
    }
    if (message.getValue("content") != null || message.size() > 2) {
      messages.add(message);
    }
  }

  private JsonObject call(Part.ToolCall call) {
    return new JsonObject()
        .put("id", id(call.id()))
        .put("type", "function")
        .put(
            "function",
            new JsonObject()
                .put("name", call.name())
                .put("arguments", call.arguments().isBlank() ? "{}" : call.arguments()));
  }

  private static JsonObject piece(Part part) {
    if (part instanceof Part.Text text) {
      return text(text.text());
    }
    if (part instanceof Part.Refusal refusal) {
      return text(refusal.text());
    }
    if (part instanceof Part.Image image) {
      return image(image);
    }
    if (part instanceof Part.Document document) {
      return document(document);
    }
    if (part instanceof Part.Audio audio) {
      return new JsonObject()
          .put("type", "input_audio")
          .put(
              "input_audio",
              new JsonObject().put("data", audio.data()).put("format", audio.format()));
    }
    throw Unsupported.by(NAME, "calls of tools in a user's turn");
  }

  private static JsonObject text(String text) {
    return new JsonObject().put("type", "text").put("text", text);
  }

  private static JsonObject image(Part.Image image) {
    var url = new JsonObject().put("url", url(image.source()));
    if (image.detail() != null) {
      url.put("detail", image.detail());
    }
    return new JsonObject().put("type", "image_url").put("image_url", url);
  }

  static String url(Part.Source source) {
    if (source instanceof Part.Inline inline) {
      return "data:" + inline.mediaType() + ";base64," + inline.data();
    }
    if (source instanceof Part.Url url) {
      return url.url();
    }
    throw Unsupported.by(NAME, "images by the id of a file");
  }

  private static JsonObject document(Part.Document document) {
    if (document.source() instanceof Part.Url) {
      throw Unsupported.by(NAME, "documents by URL");
    }
    if (document.source() instanceof Part.FileId file) {
      return file(new JsonObject().put("file_id", file.id()));
    }
    var inline = (Part.Inline) document.source();
    if (inline.mediaType().startsWith("text/")) {
      return text(Json.decoded(inline.data()));
    }
    return file(
        new JsonObject()
            .put("filename", document.name() == null ? "document" : document.name())
            .put("file_data", url(inline)));
  }

  private static JsonObject file(JsonObject file) {
    return new JsonObject().put("type", "file").put("file", file);
  }
}

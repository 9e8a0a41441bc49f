package io.commandcenter.akm.provider.anthropic;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.provider.wire.CallIds;
import io.commandcenter.akm.provider.wire.Json;
import io.commandcenter.akm.provider.wire.Unsupported;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** Parts of turns as content blocks. */
final class AnthropicBlocks {
  private static final String NAME = "Anthropic";
  private static final String ORIGIN = "anthropic";
  private static final Set<String> IMAGES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");
  private static final String PLAIN = "text/plain";

  private AnthropicBlocks() {}

  /** The blocks of a turn, results of tools first; empty if nothing of it can be sent. */
  static JsonArray of(Turn turn) {
    var results = new JsonArray();
    var others = new JsonArray();
    for (var part : turn.parts()) {
      of(turn.role(), part)
          .ifPresent(block -> (part instanceof Part.ToolResult ? results : others).add(block));
    }
    return results.addAll(others);
  }

  private static Optional<JsonObject> of(Turn.Role role, Part part) {
    if (part instanceof Part.Text text) {
      return text(text.text());
    }
    if (part instanceof Part.Refusal refusal) {
      return text(refusal.text());
    }
    if (part instanceof Part.ToolCall call) {
      return Optional.of(call(call));
    }
    if (part instanceof Part.Thinking thinking) {
      return thinking(thinking);
    }
    if (part instanceof Part.ToolResult result) {
      return Optional.of(result(result));
    }
    if (role == Turn.Role.ASSISTANT) {
      throw Unsupported.by(NAME, "images, documents or audio in an assistant's turn");
    }
    return Optional.of(media(part));
  }

  /** An empty text block is refused with 400. */
  private static Optional<JsonObject> text(String text) {
    return text.isBlank()
        ? Optional.empty()
        : Optional.of(new JsonObject().put("type", "text").put("text", text));
  }

  private static JsonObject call(Part.ToolCall call) {
    return new JsonObject()
        .put("type", "tool_use")
        .put("id", CallIds.plain(call.id()))
        .put("name", call.name())
        .put("input", Json.arguments(call.arguments()));
  }

  /** Anthropic takes back only what it has signed or encrypted itself. */
  private static Optional<JsonObject> thinking(Part.Thinking thinking) {
    if (!ORIGIN.equals(thinking.origin())) {
      return Optional.empty();
    }
    if (thinking.redacted() != null) {
      return Optional.of(
          new JsonObject().put("type", "redacted_thinking").put("data", thinking.redacted()));
    }
    return Optional.ofNullable(thinking.signature())
        .map(
            signature ->
                new JsonObject()
                    .put("type", "thinking")
                    .put("thinking", thinking.text())
                    .put("signature", signature));
  }

  private static JsonObject result(Part.ToolResult result) {
    var content = new JsonArray();
    for (var part : result.content()) {
      (part instanceof Part.Text text ? text(text.text()) : Optional.of(media(part)))
          .ifPresent(content::add);
    }
    var block =
        new JsonObject()
            .put("type", "tool_result")
            .put("tool_use_id", CallIds.plain(result.callId()));
    if (!content.isEmpty()) {
      block.put("content", content);
    }
    return result.isError() ? block.put("is_error", true) : block;
  }

  private static JsonObject media(Part part) {
    if (part instanceof Part.Image image) {
      return new JsonObject().put("type", "image").put("source", source(image.source(), true));
    }
    if (part instanceof Part.Document document) {
      var block =
          new JsonObject().put("type", "document").put("source", source(document.source(), false));
      return document.name() == null ? block : block.put("title", document.name());
    }
    throw Unsupported.by(NAME, part instanceof Part.Audio ? "audio" : "this content");
  }

  private static JsonObject source(Part.Source source, boolean isImage) {
    if (source instanceof Part.Url url) {
      return new JsonObject().put("type", "url").put("url", url.url());
    }
    if (source instanceof Part.FileId file) {
      return new JsonObject().put("type", "file").put("file_id", file.id());
    }
    var inline = (Part.Inline) source;
    var type = inline.mediaType();
    if (!isImage && type.startsWith(PLAIN)) {
      return new JsonObject()
          .put("type", "text")
          .put("media_type", PLAIN)
          .put("data", Json.decoded(inline.data()));
    }
    if (isImage ? !IMAGES.contains(type) : !type.equals("application/pdf")) {
      throw Unsupported.by(
          NAME,
          isImage
              ? "images other than JPEG, PNG, GIF or WebP"
              : "documents other than PDF or text");
    }
    return new JsonObject()
        .put("type", "base64")
        .put("media_type", type)
        .put("data", inline.data());
  }
}

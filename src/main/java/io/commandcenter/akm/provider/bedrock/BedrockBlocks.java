package io.commandcenter.akm.provider.bedrock;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.provider.wire.CallIds;
import io.commandcenter.akm.provider.wire.Json;
import io.commandcenter.akm.provider.wire.Unsupported;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/** Parts of turns as Converse's content blocks. */
final class BedrockBlocks {
  static final String NAME = "Bedrock";

  private static final Map<String, String> IMAGES =
      Map.of("image/png", "png", "image/jpeg", "jpeg", "image/gif", "gif", "image/webp", "webp");
  private static final Map<String, String> DOCUMENTS =
      Map.of(
          "application/pdf",
          "pdf",
          "text/plain",
          "txt",
          "text/csv",
          "csv",
          "text/html",
          "html",
          "text/markdown",
          "md");

  private final String origin;

  /**
   * @param origin of the thinking that the model takes back
   */
  BedrockBlocks(String origin) {
    this.origin = origin;
  }

  /** The blocks of a turn, results of tools first; empty if nothing of it can be sent. */
  JsonArray of(Turn turn) {
    var results = new JsonArray();
    var others = new JsonArray();
    for (var part : turn.parts()) {
      block(turn.role(), part)
          .ifPresent(block -> (part instanceof Part.ToolResult ? results : others).add(block));
    }
    return results.addAll(others);
  }

  private Optional<JsonObject> block(Turn.Role role, Part part) {
    if (part instanceof Part.Text text) {
      return text(text.text());
    }
    if (part instanceof Part.Refusal refusal) {
      return text(refusal.text());
    }
    if (part instanceof Part.ToolCall call) {
      return Optional.of(
          new JsonObject()
              .put(
                  "toolUse",
                  new JsonObject()
                      .put("toolUseId", CallIds.plain(call.id()))
                      .put("name", call.name())
                      .put("input", Json.arguments(call.arguments()))));
    }
    if (part instanceof Part.ToolResult result) {
      return Optional.of(result(result));
    }
    if (part instanceof Part.Thinking thinking) {
      return thinking(thinking);
    }
    if (role != Turn.Role.USER) {
      throw Unsupported.by(NAME, "images, documents or audio outside of a user's turn");
    }
    return Optional.of(media(part));
  }

  private static Optional<JsonObject> text(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(new JsonObject().put("text", text));
  }

  private Optional<JsonObject> thinking(Part.Thinking thinking) {
    if (!origin.equals(thinking.origin())) {
      return Optional.empty();
    }
    if (thinking.redacted() != null) {
      return Optional.of(reasoning(new JsonObject().put("redactedContent", thinking.redacted())));
    }
    return Optional.ofNullable(thinking.signature())
        .map(
            signature ->
                reasoning(
                    new JsonObject()
                        .put(
                            "reasoningText",
                            new JsonObject()
                                .put("text", thinking.text())
                                .put("signature", signature))));
  }

  private static JsonObject reasoning(JsonObject content) {
    return new JsonObject().put("reasoningContent", content);
  }

  private static JsonObject result(Part.ToolResult result) {
    var content = new JsonArray();
    for (var part : result.content()) {
      (part instanceof Part.Text text ? text(text.text()) : Optional.of(media(part)))
          .ifPresent(content::add);
    }
    return new JsonObject()
        .put(
            "toolResult",
            new JsonObject()
                .put("toolUseId", CallIds.plain(result.callId()))
                .put("content", content)
                .put("status", result.isError() ? "error" : "success"));
  }

  private static JsonObject media(Part part) {
    if (part instanceof Part.Image image) {
      var inline = inline(image.source());
      return new JsonObject().put("image", bytes(IMAGES.get(inline.mediaType()), inline));
    }
    if (part instanceof Part.Document document) {
      var inline = inline(document.source());
      return new JsonObject()
          .put(
              "document",
              bytes(DOCUMENTS.get(inline.mediaType()), inline).put("name", name(document.name())));
    }
    throw Unsupported.by(NAME, "audio");
  }

  private static Part.Inline inline(Part.Source source) {
    if (source instanceof Part.Inline inline) {
      return inline;
    }
    // Nothing is ever downloaded for a caller: it could be an address inside this network.
    throw Unsupported.by(NAME, "images or documents by URL or by another provider's file id");
  }

  private static JsonObject bytes(String format, Part.Inline inline) {
    if (format == null) {
      throw Unsupported.by(NAME, "files of this media type");
    }
    return new JsonObject()
        .put("format", format)
        .put("source", new JsonObject().put("bytes", inline.data()));
  }

  /** Names have only letters, digits, single spaces, hyphens and brackets. */
  private static String name(String given) {
    var name = given == null ? "" : given.replaceAll("[^A-Za-z0-9()\\[\\]-]+", " ").strip();
    return name.isEmpty() ? "document" : name.substring(0, Math.min(200, name.length()));
  }
}

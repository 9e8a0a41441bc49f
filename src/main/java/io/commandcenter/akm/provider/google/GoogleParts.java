package io.commandcenter.akm.provider.google;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.ToolNames;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.provider.wire.Json;
import io.commandcenter.akm.provider.wire.Results;
import io.commandcenter.akm.provider.wire.Unsupported;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parts of turns as parts of Gemini's contents. */
final class GoogleParts {
  static final String NAME = "Google";
  static final String ORIGIN = "google";

  /** What Google itself can fetch; anything else would have to be downloaded here. */
  private static final Pattern FETCHED =
      Pattern.compile(
          "gs://.+|https://generativelanguage\\.googleapis\\.com/.+|https://(?:www\\.)?youtube\\.com/.+|https://youtu\\.be/.+");

  /** Google's own word for a call that another provider's model has made. */
  private static final String FOREIGN_CALL = "skip_thought_signature_validator";

  private final ToolNames names;
  private final boolean wantsSignatures;

  GoogleParts(ToolNames names, boolean wantsSignatures) {
    this.names = names;
    this.wantsSignatures = wantsSignatures;
  }

  /** The parts of a turn, results of tools first; empty if nothing of it can be sent. */
  JsonArray of(Turn turn) {
    var results = new JsonArray();
    var others = new JsonArray();
    boolean firstCall = true;
    for (var part : turn.parts()) {
      var json = of(turn.role(), part);
      if (part instanceof Part.ToolCall call) {
        // Of calls that were made together, only the first is signed.
        if (wantsSignatures && firstCall && call.signature() == null) {
          json.ifPresent(made -> made.put("thoughtSignature", FOREIGN_CALL));
        }
        firstCall = false;
      }
      json.ifPresent(made -> (part instanceof Part.ToolResult ? results : others).add(made));
    }
    return results.addAll(others);
  }

  private Optional<JsonObject> of(Turn.Role role, Part part) {
    if (part instanceof Part.Text text) {
      return text(text.text());
    }
    if (part instanceof Part.Refusal refusal) {
      return text(refusal.text());
    }
    if (part instanceof Part.ToolCall call) {
      return Optional.of(call(call));
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
    return text.isEmpty() ? Optional.empty() : Optional.of(new JsonObject().put("text", text));
  }

  private static JsonObject call(Part.ToolCall call) {
    var json =
        new JsonObject()
            .put(
                "functionCall",
                new JsonObject()
                    .put("id", call.id())
                    .put("name", call.name())
                    .put("args", Json.arguments(call.arguments())));
    return call.signature() == null ? json : json.put("thoughtSignature", call.signature());
  }

  private JsonObject result(Part.ToolResult result) {
    var name = names.of(result);
    if (name == null) {
      throw Failure.badRequest(
          "Google wants the tool's name with its result; send the call that it answers too.");
    }
    var value = Json.value(Results.text(NAME, result));
    return new JsonObject()
        .put(
            "functionResponse",
            new JsonObject()
                .put("id", result.callId())
                .put("name", name)
                .put(
                    "response",
                    new JsonObject().put(result.isError() ? "error" : "result", value)));
  }

  /** Only what Google has signed itself is of use to it. */
  private static Optional<JsonObject> thinking(Part.Thinking thinking) {
    if (!ORIGIN.equals(thinking.origin()) || thinking.signature() == null) {
      return Optional.empty();
    }
    var json =
        new JsonObject().put("text", thinking.text()).put("thoughtSignature", thinking.signature());
    return Optional.of(thinking.text().isEmpty() ? json : json.put("thought", true));
  }

  private static JsonObject media(Part part) {
    if (part instanceof Part.Audio audio) {
      return inline("audio/" + audio.format(), audio.data());
    }
    var source =
        part instanceof Part.Image image ? image.source() : ((Part.Document) part).source();
    if (source instanceof Part.Inline inline) {
      return inline(inline.mediaType(), inline.data());
    }
    if (source instanceof Part.Url url && FETCHED.matcher(url.url()).matches()) {
      return file(url.url(), url.mediaType());
    }
    if (source instanceof Part.FileId file && FETCHED.matcher(file.id()).matches()) {
      return file(file.id(), null);
    }
    // Nothing is ever downloaded for a caller: it could be an address inside this network.
    throw Unsupported.by(NAME, "images or documents by URL or by another provider's file id");
  }

  private static JsonObject inline(String mediaType, String data) {
    return new JsonObject()
        .put("inlineData", new JsonObject().put("mimeType", mediaType).put("data", data));
  }

  private static JsonObject file(String uri, String mediaType) {
    var file = new JsonObject().put("fileUri", uri);
    return new JsonObject()
        .put("fileData", mediaType == null ? file : file.put("mimeType", mediaType));
  }
}

package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A chat message's {@code content}: a string, or parts. */
final class ChatParts {
  /** What each role's parts may be. */
  static final Set<String> OF_TEXT = Set.of("text");

  static final Set<String> OF_ASSISTANT = Set.of("text", "refusal");
  static final Set<String> OF_USER = Set.of("text", "image_url", "input_audio", "file");

  // Marks of a cache change the price, never the answer.
  private static final Set<String> MARKS = Set.of("prompt_cache_breakpoint", "cache_control");

  private ChatParts() {}

  /** Empty if absent; a text without characters holds nothing and is left out. */
  static List<Part> read(Fields message, String name, Set<String> kinds) {
    if (!(message.json().getValue(name) instanceof JsonArray)) {
      var text = message.text(name);
      return text == null || text.isEmpty() ? List.of() : List.of(new Part.Text(text));
    }
    var parts = new ArrayList<Part>();
    for (var part : message.objects(name, Bounds.PARTS)) {
      var type = part.requiredText("type");
      if (!kinds.contains(type)) {
        throw part.refusal(
            "type", "is not supported here; send " + String.join(", ", sorted(kinds)));
      }
      add(parts, part, type);
    }
    return parts;
  }

  private static void add(List<Part> parts, Fields part, String type) {
    var known = new HashSet<>(MARKS);
    known.addAll(Set.of("type", type));
    part.checkOnly(known, Map.of());
    switch (type) {
      case "text" -> addText(parts, part);
      case "refusal" -> parts.add(new Part.Refusal(part.requiredText("refusal")));
      case "image_url" -> parts.add(image(part.requiredObject("image_url")));
      case "input_audio" -> parts.add(audio(part.requiredObject("input_audio")));
      default -> parts.add(file(part.requiredObject("file")));
    }
  }

  private static void addText(List<Part> parts, Fields part) {
    var text = part.text("text");
    if (text == null) {
      throw part.refusal("text", "is required");
    }
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text));
    }
  }

  private static Part image(Fields image) {
    image.checkOnly(Set.of("url", "detail"), Map.of());
    return new Part.Image(
        DataUrl.source(image, "url", null),
        image.word("detail", List.of("auto", "low", "high", "original")));
  }

  private static Part audio(Fields audio) {
    audio.checkOnly(Set.of("data", "format"), Map.of());
    return new Part.Audio(audio.name("format"), audio.requiredText("data"));
  }

  private static Part file(Fields file) {
    file.checkOnly(Set.of("file_data", "file_id", "filename"), Map.of());
    if (file.has("file_data") == file.has("file_id")) {
      throw file.refusal("file_data", "or file_id is required, and only one of them");
    }
    var source =
        file.has("file_id")
            ? new Part.FileId(file.name("file_id"))
            : DataUrl.inline(file, "file_data", file.requiredText("file_data"));
    return new Part.Document(source, file.text("filename"));
  }

  private static List<String> sorted(Set<String> kinds) {
    return kinds.stream().sorted().toList();
  }
}

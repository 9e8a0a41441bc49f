package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The content of a response's input items: a string, or parts. */
final class InputParts {
  static final Set<String> OF_SYSTEM = Set.of("input_text");
  static final Set<String> OF_ASSISTANT = Set.of("input_text", "output_text", "refusal");
  static final Set<String> OF_USER = Set.of("input_text", "input_image", "input_file");

  private static final String MARK = "prompt_cache_breakpoint";
  private static final Map<String, Set<Object>> PLAIN_TEXT =
      Map.of("annotations", Set.of(new JsonArray()), "logprobs", Set.of(new JsonArray()));

  private InputParts() {}

  /** A text without characters holds nothing and is left out. */
  static List<Part> read(Fields item, String name, Set<String> kinds) {
    if (!(item.json().getValue(name) instanceof JsonArray)) {
      var text = item.text(name);
      return text == null || text.isEmpty() ? List.of() : List.of(new Part.Text(text));
    }
    var parts = new ArrayList<Part>();
    for (var part : item.objects(name, Bounds.PARTS)) {
      var type = part.requiredText("type");
      if (!kinds.contains(type)) {
        throw part.refusal(
            "type",
            "is not supported here; send " + String.join(", ", kinds.stream().sorted().toList()));
      }
      switch (type) {
        case "input_image" -> parts.add(image(part));
        case "input_file" -> parts.add(file(part));
        case "refusal" -> parts.add(refusal(part));
        default -> addText(parts, part);
      }
    }
    return parts;
  }

  private static void addText(List<Part> parts, Fields part) {
    part.checkOnly(Set.of("type", "text", MARK), PLAIN_TEXT);
    var text = part.text("text");
    if (text == null) {
      throw part.refusal("text", "is required");
    }
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text));
    }
  }

  private static Part refusal(Fields part) {
    part.checkOnly(Set.of("type", "refusal"), Map.of());
    return new Part.Refusal(part.requiredText("refusal"));
  }

  private static Part image(Fields part) {
    part.checkOnly(Set.of("type", "detail", "file_id", "image_url", MARK), Map.of());
    checkOne(part, "image_url", "file_id");
    var source =
        part.has("file_id")
            ? new Part.FileId(part.name("file_id"))
            : DataUrl.source(part, "image_url", null);
    return new Part.Image(source, part.word("detail", List.of("auto", "low", "high", "original")));
  }

  private static Part file(Fields part) {
    part.checkOnly(
        Set.of("type", "file_data", "file_id", "file_url", "filename", MARK),
        Map.of("detail", Set.of("auto")));
    checkOne(part, "file_data", "file_id", "file_url");
    return new Part.Document(source(part), part.text("filename"));
  }

  private static Part.Source source(Fields part) {
    if (part.has("file_id")) {
      return new Part.FileId(part.name("file_id"));
    }
    return part.has("file_url")
        ? DataUrl.source(part, "file_url", null)
        : DataUrl.inline(part, "file_data", part.requiredText("file_data"));
  }

  private static void checkOne(Fields part, String... names) {
    if (List.of(names).stream().filter(part::has).count() != 1) {
      throw part.refusal(names[0], "is required, or one of the other sources, and only one");
    }
  }
}

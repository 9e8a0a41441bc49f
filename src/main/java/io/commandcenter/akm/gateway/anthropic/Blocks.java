package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Content: a string, or blocks. Marks of a cache change the price, never the answer. */
final class Blocks {
  static final Set<String> OF_SYSTEM = Set.of("text");
  static final Set<String> OF_USER = Set.of("text", "image", "document", "tool_result");
  static final Set<String> OF_ASSISTANT =
      Set.of("text", "tool_use", "thinking", "redacted_thinking");

  private static final Set<String> OF_RESULT = Set.of("text", "image", "document");
  private static final String ORIGIN = "anthropic";
  private static final Set<Object> NO_CITATIONS = Set.of(new JsonArray());
  private static final Set<Object> DIRECT = Set.of(new JsonObject().put("type", "direct"));

  private Blocks() {}

  /** Empty if absent; a text without characters holds nothing and is left out. */
  static List<Part> read(Fields owner, String name, Set<String> kinds) {
    if (!(owner.json().getValue(name) instanceof JsonArray)) {
      var text = owner.text(name);
      return text == null || text.isEmpty() ? List.of() : List.of(new Part.Text(text));
    }
    var parts = new ArrayList<Part>();
    for (var block : owner.objects(name, Bounds.PARTS)) {
      var type = block.requiredText("type");
      if (!kinds.contains(type)) {
        throw block.refusal(
            "type",
            "is not supported here; send " + String.join(", ", kinds.stream().sorted().toList()));
      }
      add(parts, block, type);
    }
    return parts;
  }

  private static void add(List<Part> parts, Fields block, String type) {
    switch (type) {
      case "text" -> addText(parts, block);
      case "image" -> parts.add(image(block));
      case "document" -> parts.add(document(block));
      case "tool_use" -> parts.add(call(block));
      case "tool_result" -> parts.add(result(block));
      case "thinking" -> addThinking(parts, block);
      default -> parts.add(redacted(block));
    }
  }

  private static void addText(List<Part> parts, Fields block) {
    block.checkOnly(Set.of("type", "text", "cache_control"), Map.of("citations", NO_CITATIONS));
    var text = block.text("text");
    if (text == null) {
      throw block.refusal("text", "is required");
    }
    if (!text.isEmpty()) {
      parts.add(new Part.Text(text));
    }
  }

  private static Part image(Fields block) {
    block.checkOnly(Set.of("type", "source", "cache_control"), Map.of());
    return new Part.Image(Sources.ofImage(block.requiredObject("source")), null);
  }

  private static Part document(Fields block) {
    block.checkOnly(
        Set.of("type", "source", "title", "cache_control"),
        Map.of("citations", Set.of(new JsonObject().put("enabled", false))));
    return new Part.Document(
        Sources.ofDocument(block.requiredObject("source")), block.text("title"));
  }

  private static Part call(Fields block) {
    block.checkOnly(
        Set.of("type", "id", "name", "input", "cache_control"), Map.of("caller", DIRECT));
    return new Part.ToolCall(
        block.name("id"), block.name("name"), block.requiredObject("input").json().encode(), null);
  }

  private static Part result(Fields block) {
    block.checkOnly(
        Set.of("type", "tool_use_id", "content", "is_error", "cache_control"), Map.of());
    return new Part.ToolResult(
        block.name("tool_use_id"),
        null,
        read(block, "content", OF_RESULT),
        Boolean.TRUE.equals(block.flag("is_error")));
  }

  /** Thinking without a signature is another provider's, told by this gateway: nobody's own. */
  private static void addThinking(List<Part> parts, Fields block) {
    block.checkOnly(Set.of("type", "thinking", "signature"), Map.of());
    var text = block.text("thinking");
    var signature = block.text("signature");
    if (text == null) {
      throw block.refusal("thinking", "is required");
    }
    if (signature != null && !signature.isEmpty()) {
      parts.add(new Part.Thinking(text, signature, null, ORIGIN));
    }
  }

  private static Part redacted(Fields block) {
    block.checkOnly(Set.of("type", "data"), Map.of());
    return new Part.Thinking("", null, block.requiredText("data"), ORIGIN);
  }
}

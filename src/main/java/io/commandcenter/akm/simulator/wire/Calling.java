package io.commandcenter.akm.simulator.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Whether a tool is called, and with which arguments. */
final class Calling {
  private static final int WORD = 16;

  private Calling() {}

  /**
   * A tool is called if the request forces it, or the user's last text speaks of the weather or
   * names the tool; two at once if that text says "both"; none after a tool's result.
   */
  static List<Answer.Call> calls(Ask.Chat chat) {
    var tools = chat.tools();
    if (tools.offered().isEmpty() || !tools.mayCall() || !chat.results().isEmpty()) {
      return List.of();
    }
    var text = chat.lastUser().toLowerCase(Locale.ROOT);
    var named = tools.offered().stream().filter(tool -> text.contains(tool.name())).findFirst();
    if (!tools.mustCall() && !text.contains("weather") && named.isEmpty()) {
      return List.of();
    }
    var first =
        tools.forced() == null
            ? named.orElse(tools.offered().get(0))
            : tools.offered().stream()
                .filter(tool -> tool.name().equals(tools.forced()))
                .findFirst()
                .orElseThrow(() -> new Dialect.Malformed("tool_choice: no such tool"));
    var calls = new ArrayList<Answer.Call>();
    calls.add(call(0, first, lastWord(chat.lastUser())));
    if (text.contains("both") && tools.parallel()) {
      var second =
          tools.offered().stream().filter(tool -> !tool.equals(first)).findFirst().orElse(first);
      calls.add(call(1, second, "second"));
    }
    return calls;
  }

  private static Answer.Call call(int index, Ask.Tool tool, String word) {
    return new Answer.Call(
        "sim" + index, tool.name(), (JsonObject) example(ofObject(tool.schema()), word));
  }

  private static JsonObject ofObject(JsonObject schema) {
    return schema.copy().put("type", "object");
  }

  /** The last word of a text, short and without punctuation. */
  static String lastWord(String text) {
    var words = text.strip().split("\\s+");
    var word = words[words.length - 1].replaceAll("[^\\p{L}\\p{N}_-]", "");
    return word.isEmpty() ? "x" : word.substring(0, Math.min(word.length(), WORD));
  }

  /** The smallest value that fits: of an object, its required members only. */
  static Object example(JsonObject schema, String word) {
    if (schema.getValue("enum") instanceof JsonArray values && !values.isEmpty()) {
      return values.getValue(0);
    }
    return switch (type(schema)) {
      case "string" -> word;
      case "integer" -> schema.getValue("minimum") instanceof Number least ? least.intValue() : 1;
      case "number" -> schema.getValue("minimum") instanceof Number least ? least : 1.5;
      case "boolean" -> true;
      case "null" -> "null";
      case "array" -> new JsonArray().add(example(schema.getJsonObject("items", ANY), word));
      default -> object(schema, word);
    };
  }

  private static final JsonObject ANY = new JsonObject().put("type", "string");

  private static JsonObject object(JsonObject schema, String word) {
    var object = new JsonObject();
    var properties = schema.getJsonObject("properties", new JsonObject());
    var required = schema.getJsonArray("required", new JsonArray());
    for (var name : required) {
      object.put((String) name, example(properties.getJsonObject((String) name, ANY), word));
    }
    return object.isEmpty() && properties.isEmpty() ? object.put("said", word) : object;
  }

  /** Google writes types in capitals; a list of types means any of them. */
  private static String type(JsonObject schema) {
    var type = schema.getValue("type");
    var first = type instanceof JsonArray several ? several.getValue(0) : type;
    return first instanceof String name ? name.toLowerCase(Locale.ROOT) : "object";
  }
}

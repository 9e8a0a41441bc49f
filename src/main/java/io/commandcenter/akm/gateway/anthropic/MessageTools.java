package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.ToolChoice;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.PlainJson;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code tools} and {@code tool_choice}. */
final class MessageTools {
  // How arguments are streamed, and what a cache holds, leave the answer as it is.
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "type",
          "name",
          "description",
          "input_schema",
          "strict",
          "cache_control",
          "eager_input_streaming");
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.of(
          "defer_loading", Set.of(false),
          "input_examples", Set.of(new JsonArray()),
          "allowed_callers", Set.of(new JsonArray().add("direct")));

  private MessageTools() {}

  static List<Tool> tools(Fields body) {
    var tools = new ArrayList<Tool>();
    for (var tool : body.objects("tools", Bounds.TOOLS)) {
      if (tool.has("type") && !"custom".equals(tool.text("type"))) {
        throw tool.refusal(
            "type", "must be custom; tools that Anthropic defines are not supported elsewhere");
      }
      tool.checkOnly(UNDERSTOOD, NEUTRAL);
      tools.add(
          new Tool(
              tool.name("name"),
              tool.text("description"),
              PlainJson.of(tool.requiredObject("input_schema").json()),
              tool.flag("strict")));
    }
    return tools;
  }

  /** Null to leave it to the provider. */
  static ToolChoice choice(Fields body, List<Tool> tools) {
    var choice = body.object("tool_choice");
    if (choice == null) {
      return null;
    }
    choice.checkOnly(Set.of("type", "name", "disable_parallel_tool_use"), Map.of());
    var type = choice.requiredText("type");
    var read =
        switch (type) {
          case "auto" -> choice(choice, ToolChoice.Mode.AUTO, List.of());
          case "any" -> choice(choice, ToolChoice.Mode.REQUIRED, List.of());
          case "none" -> choice(choice, ToolChoice.Mode.NONE, List.of());
          case "tool" -> choice(choice, ToolChoice.Mode.REQUIRED, List.of(choice.name("name")));
          default -> throw choice.refusal("type", "must be auto, any, tool or none");
        };
    if (read.mode() == ToolChoice.Mode.REQUIRED && tools.isEmpty()) {
      throw body.refusal("tool_choice", "asks for a call, but there are no tools");
    }
    if (!tools.stream().map(Tool::name).toList().containsAll(read.names())) {
      throw choice.refusal("name", "is not among tools");
    }
    return tools.isEmpty() ? null : read;
  }

  private static ToolChoice choice(Fields choice, ToolChoice.Mode mode, List<String> names) {
    var single = choice.flag("disable_parallel_tool_use");
    return new ToolChoice(mode, names, single == null ? null : !single);
  }
}

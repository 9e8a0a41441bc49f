package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.ToolChoice;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.PlainJson;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * {@code tools}, {@code tool_choice} and {@code parallel_tool_calls} of chat and of responses,
 * which differ only in where a function's own fields stand.
 */
final class ChatTools {
  private static final Set<String> OF_FUNCTION =
      Set.of("name", "description", "parameters", "strict");

  private static final Map<String, Set<Object>> NEUTRAL =
      Map.of(
          "defer_loading", Set.of(false),
          "allowed_callers", Set.of(new JsonArray().add("direct")));

  private final Function<Fields, Fields> function;
  private final Set<String> aside;

  private ChatTools(Function<Fields, Fields> function, Set<String> aside) {
    this.function = function;
    this.aside = aside;
  }

  /** Chat: {@code {"type":"function","function":{…}}}. */
  static ChatTools nested() {
    return new ChatTools(
        tool -> tool.requiredObject("function"), Set.of("type", "function", "cache_control"));
  }

  /** Responses: {@code {"type":"function",…}}. */
  static ChatTools flat() {
    return new ChatTools(tool -> tool, Set.of("type"));
  }

  List<Tool> tools(Fields body) {
    var tools = new ArrayList<Tool>();
    for (var tool : body.objects("tools", Bounds.TOOLS)) {
      if (!"function".equals(tool.text("type"))) {
        throw tool.refusal(
            "type", "must be function; other tools run at their provider and are not supported");
      }
      tools.add(tool(tool));
    }
    return tools;
  }

  private Tool tool(Fields tool) {
    var own = function.apply(tool);
    if (own == tool) {
      var both = new HashSet<>(OF_FUNCTION);
      both.addAll(aside);
      tool.checkOnly(both, NEUTRAL);
    } else {
      tool.checkOnly(aside, Map.of());
      own.checkOnly(OF_FUNCTION, Map.of());
    }
    var schema = own.object("parameters");
    return new Tool(
        own.name("name"),
        own.text("description"),
        schema == null ? null : PlainJson.of(schema.json()),
        own.flag("strict"));
  }

  /** Null to leave it to the provider. */
  ToolChoice choice(Fields body, List<Tool> tools) {
    var parallel = body.flag("parallel_tool_calls");
    var choice = asked(body, parallel);
    if (choice == null) {
      return parallel == null || tools.isEmpty()
          ? null
          : new ToolChoice(ToolChoice.Mode.AUTO, List.of(), parallel);
    }
    if (tools.isEmpty()) {
      if (choice.mode() == ToolChoice.Mode.REQUIRED) {
        throw body.refusal("tool_choice", "asks for a call, but there are no tools");
      }
      return null;
    }
    checkNames(body, choice, tools);
    return choice;
  }

  private ToolChoice asked(Fields body, Boolean parallel) {
    if (!body.has("tool_choice")) {
      return null;
    }
    if (body.json().getValue("tool_choice") instanceof String) {
      return new ToolChoice(mode(body, "tool_choice", true), List.of(), parallel);
    }
    var choice = body.object("tool_choice");
    var type = choice.requiredText("type");
    if (type.equals("function")) {
      var name = function.apply(choice).name("name");
      return new ToolChoice(ToolChoice.Mode.REQUIRED, List.of(name), parallel);
    }
    if (!type.equals("allowed_tools")) {
      throw choice.refusal("type", "must be function or allowed_tools");
    }
    var allowed = choice.has("allowed_tools") ? choice.object("allowed_tools") : choice;
    return new ToolChoice(mode(allowed, "mode", false), names(allowed), parallel);
  }

  private List<String> names(Fields allowed) {
    var names = new ArrayList<String>();
    for (var tool : allowed.objects("tools", Bounds.TOOLS)) {
      if (!"function".equals(tool.text("type"))) {
        throw tool.refusal("type", "must be function");
      }
      names.add(function.apply(tool).name("name"));
    }
    if (names.isEmpty()) {
      throw allowed.refusal("tools", "must have at least one element");
    }
    return names;
  }

  private static ToolChoice.Mode mode(Fields fields, String name, boolean mayBeNone) {
    fields.requiredText(name);
    var words = mayBeNone ? List.of("auto", "required", "none") : List.of("auto", "required");
    return switch (fields.word(name, words)) {
      case "none" -> ToolChoice.Mode.NONE;
      case "required" -> ToolChoice.Mode.REQUIRED;
      default -> ToolChoice.Mode.AUTO;
    };
  }

  private static void checkNames(Fields body, ToolChoice choice, List<Tool> tools) {
    if (!tools.stream().map(Tool::name).toList().containsAll(choice.names())) {
      throw body.refusal("tool_choice", "names a tool that is not among tools");
    }
  }
}

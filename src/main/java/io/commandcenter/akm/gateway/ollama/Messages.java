package io.commandcenter.akm.gateway.ollama;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Tool;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.CallIds;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Members;
import io.commandcenter.akm.gateway.dialect.PlainJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code messages} and {@code tools}. */
final class Messages {
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "role",
          "content",
          "thinking",
          "images",
          "tool_calls",
          "tool_name",
          "tool_call_id",
          "name");

  private final CallIds ids = new CallIds();
  private final List<Turn> turns = new ArrayList<>();
  private final List<Part> results = new ArrayList<>();

  private Messages() {}

  static List<Turn> read(Fields body) {
    var reader = new Messages();
    body.objects("messages", Bounds.TURNS).forEach(reader::message);
    reader.endResults();
    if (reader.turns.isEmpty()) {
      throw body.refusal("messages", "must have at least one that says something");
    }
    return reader.turns;
  }

  private void message(Fields message) {
    message.checkOnly(UNDERSTOOD, Map.of());
    var role = message.requiredText("role");
    if (role.equals("tool")) {
      results.add(result(message));
      return;
    }
    endResults();
    switch (role) {
      case "system" -> add(message, Turn.Role.SYSTEM, said(message));
      case "user" -> add(message, Turn.Role.USER, said(message));
      case "assistant" -> add(message, Turn.Role.ASSISTANT, answered(message));
      default -> throw message.refusal("role", "must be system, user, assistant or tool");
    }
  }

  /** Results that follow each other are one turn. */
  private void endResults() {
    if (!results.isEmpty()) {
      turns.add(new Turn(Turn.Role.USER, results));
      results.clear();
    }
  }

  private void add(Fields message, Turn.Role role, List<Part> parts) {
    if (role != Turn.Role.ASSISTANT) {
      for (var name : List.of("tool_calls", "thinking")) {
        if (message.has(name)) {
          throw message.refusal(name, "is only for role assistant");
        }
      }
    }
    if (role == Turn.Role.SYSTEM && message.has("images")) {
      throw message.refusal("images", "are only for role user");
    }
    if (!parts.isEmpty()) {
      turns.add(new Turn(role, parts));
    }
  }

  private static List<Part> said(Fields message) {
    var parts = new ArrayList<Part>();
    var text = message.text("content");
    if (text != null && !text.isEmpty()) {
      parts.add(new Part.Text(text));
    }
    parts.addAll(Images.read(message));
    return parts;
  }

  private List<Part> answered(Fields message) {
    var parts = new ArrayList<Part>();
    var thinking = message.text("thinking");
    if (thinking != null && !thinking.isEmpty()) {
      parts.add(new Part.Thinking(thinking, null, null, "ollama"));
    }
    parts.addAll(said(message));
    Members.objects(message, "tool_calls", Bounds.PARTS).forEach(call -> parts.add(call(call)));
    return parts;
  }

  private Part call(Fields call) {
    call.checkOnly(Set.of("id", "function"), Map.of("type", Set.of("function")));
    var function = call.object("function");
    if (function == null) {
      throw call.refusal("function", "is required");
    }
    function.checkOnly(Set.of("index", "name", "arguments"), Map.of());
    var name = function.name("name");
    var arguments = function.object("arguments");
    return new Part.ToolCall(
        ids.called(call.text("id"), name),
        name,
        arguments == null ? "{}" : arguments.json().encode(),
        null);
  }

  private Part result(Fields message) {
    for (var name : List.of("tool_calls", "thinking")) {
      if (message.has(name)) {
        throw message.refusal(name, "is only for role assistant");
      }
    }
    var name = message.text(message.has("tool_name") ? "tool_name" : "name");
    var id = ids.answered(message.text("tool_call_id"), name);
    if (id == null) {
      throw message.refusal("tool_name", "answers no tool call of this conversation");
    }
    var content = said(message);
    return new Part.ToolResult(
        id, name, content.isEmpty() ? List.of(new Part.Text("")) : content, false);
  }

  static List<Tool> tools(Fields body) {
    return Members.objects(body, "tools", Bounds.TOOLS).stream().map(Messages::tool).toList();
  }

  private static Tool tool(Fields tool) {
    tool.checkOnly(Set.of("function"), Map.of("type", Set.of("function")));
    var function = tool.object("function");
    if (function == null) {
      throw tool.refusal("function", "is required");
    }
    function.checkOnly(Set.of("name", "description", "parameters", "strict"), Map.of());
    var schema = function.object("parameters");
    return new Tool(
        function.name("name"),
        function.text("description"),
        schema == null
            ? Map.of("type", "object", "properties", Map.of())
            : PlainJson.of(schema.json()),
        function.flag("strict"));
  }
}

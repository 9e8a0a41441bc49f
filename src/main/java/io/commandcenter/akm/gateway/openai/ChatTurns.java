package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.CallArguments;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A chat's {@code messages}. Results of tools that follow each other are one turn. */
final class ChatTurns {
  // What a model gave before and a caller sends back with the rest of the message.
  private static final Map<String, Set<Object>> SENT_BACK =
      Map.of("annotations", Set.of(new JsonArray()));

  private final List<Turn> turns = new ArrayList<>();
  private final List<Part> results = new ArrayList<>();

  private ChatTurns() {}

  static List<Turn> read(Fields body) {
    var read = new ChatTurns();
    var messages = body.objects("messages", Bounds.TURNS);
    if (messages.isEmpty()) {
      throw body.refusal("messages", "must have at least one element");
    }
    messages.forEach(read::add);
    read.endResults();
    return read.turns;
  }

  private void add(Fields message) {
    var role = message.requiredText("role");
    if (!role.equals("tool")) {
      endResults();
    }
    switch (role) {
      case "system", "developer" -> add(Turn.Role.SYSTEM, spoken(message, ChatParts.OF_TEXT));
      case "user" -> add(Turn.Role.USER, asked(message));
      case "assistant" -> add(Turn.Role.ASSISTANT, answered(message));
      case "tool" -> results.add(result(message));
      case "function" ->
          throw message.refusal("role", "function is the old form of tool; send tool and tools");
      default ->
          throw message.refusal("role", "must be system, developer, user, assistant or tool");
    }
  }

  /** A message that says nothing is no turn. */
  private void add(Turn.Role role, List<Part> parts) {
    if (!parts.isEmpty()) {
      turns.add(new Turn(role, parts));
    }
  }

  private void endResults() {
    add(Turn.Role.USER, results);
    results.clear();
  }

  private static List<Part> spoken(Fields message, Set<String> kinds) {
    message.checkOnly(Set.of("role", "content", "name"), Map.of());
    if (!message.has("content")) {
      throw message.refusal("content", "is required");
    }
    return ChatParts.read(message, "content", kinds);
  }

  private static List<Part> asked(Fields message) {
    var parts = spoken(message, ChatParts.OF_USER);
    if (parts.isEmpty()) {
      throw message.refusal("content", "must not be empty");
    }
    return parts;
  }

  private static List<Part> answered(Fields message) {
    // Thinking in plain words is signed by nobody: no provider takes it back.
    message.checkOnly(
        Set.of("role", "content", "name", "refusal", "tool_calls", "reasoning_content"), SENT_BACK);
    var parts = new ArrayList<>(ChatParts.read(message, "content", ChatParts.OF_ASSISTANT));
    var refusal = message.text("refusal");
    if (refusal != null && !refusal.isEmpty()) {
      parts.add(new Part.Refusal(refusal));
    }
    message.objects("tool_calls", Bounds.PARTS).forEach(call -> parts.add(call(call)));
    return parts;
  }

  private static Part call(Fields call) {
    if (call.has("type") && !"function".equals(call.text("type"))) {
      throw call.refusal("type", "must be function; custom tools are not supported");
    }
    call.checkOnly(Set.of("id", "type", "function", "index", "extra_content"), Map.of());
    var function = call.requiredObject("function");
    function.checkOnly(Set.of("name", "arguments"), Map.of());
    return new Part.ToolCall(
        call.name("id"),
        function.name("name"),
        CallArguments.read(function, "arguments"),
        ThoughtSignature.read(call));
  }

  private static Part result(Fields message) {
    message.checkOnly(Set.of("role", "content", "name", "tool_call_id"), Map.of());
    if (!message.has("content")) {
      throw message.refusal("content", "is required");
    }
    return new Part.ToolResult(
        message.name("tool_call_id"),
        message.text("name"),
        ChatParts.read(message, "content", ChatParts.OF_TEXT),
        false);
  }
}

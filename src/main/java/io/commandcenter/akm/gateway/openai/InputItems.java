package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.CallArguments;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * {@code instructions} and {@code input}: a text, or items. Calls join what the assistant said
 * before them, results that follow each other are one turn, and reasoning is left out: only the
 * provider that signed it could take it back.
 */
final class InputItems {
  // Names and states that an answer's items carry when they are sent back.
  private static final Set<String> OF_MESSAGE =
      Set.of("type", "role", "content", "id", "status", "phase");
  private static final Set<String> OF_CALL =
      Set.of("type", "id", "call_id", "name", "arguments", "status");
  private static final Set<String> OF_OUTPUT = Set.of("type", "id", "call_id", "output", "status");
  private static final Map<String, Set<Object>> DIRECT =
      Map.of("caller", Set.of(new JsonObject().put("type", "direct")));

  private final List<Turn> turns = new ArrayList<>();
  private final List<Part> said = new ArrayList<>();
  private final List<Part> results = new ArrayList<>();

  private InputItems() {}

  static List<Turn> read(Fields body) {
    var read = new InputItems();
    var instructions = body.text("instructions");
    if (instructions != null && !instructions.isEmpty()) {
      read.turns.add(Turn.of(Turn.Role.SYSTEM, instructions));
    }
    if (body.json().getValue("input") instanceof JsonArray) {
      body.objects("input", Bounds.TURNS).forEach(read::add);
      read.endTurns();
    } else {
      read.turns.add(Turn.of(Turn.Role.USER, body.requiredText("input")));
    }
    if (read.turns.isEmpty()) {
      throw body.refusal("input", "must have at least one element that says something");
    }
    return read.turns;
  }

  private void add(Fields item) {
    var type = item.has("type") ? item.text("type") : "message";
    switch (type) {
      case "message" -> message(item);
      case "function_call" -> call(item);
      case "function_call_output" -> output(item);
      case "reasoning" -> endResults();
      default ->
          throw item.refusal(
              "type", "must be message, function_call, function_call_output or reasoning");
    }
  }

  private void message(Fields item) {
    item.checkOnly(OF_MESSAGE, Map.of());
    var role = item.requiredText("role");
    if (!item.has("content")) {
      throw item.refusal("content", "is required");
    }
    endTurns();
    switch (role) {
      case "assistant" -> said.addAll(InputParts.read(item, "content", InputParts.OF_ASSISTANT));
      case "system", "developer" ->
          add(Turn.Role.SYSTEM, InputParts.read(item, "content", InputParts.OF_SYSTEM));
      case "user" -> add(Turn.Role.USER, asked(item));
      default -> throw item.refusal("role", "must be user, assistant, system or developer");
    }
  }

  private static List<Part> asked(Fields item) {
    var parts = InputParts.read(item, "content", InputParts.OF_USER);
    if (parts.isEmpty()) {
      throw item.refusal("content", "must not be empty");
    }
    return parts;
  }

  private void call(Fields item) {
    item.checkOnly(OF_CALL, DIRECT);
    endResults();
    said.add(
        new Part.ToolCall(
            item.name("call_id"), item.name("name"), CallArguments.read(item, "arguments"), null));
  }

  private void output(Fields item) {
    item.checkOnly(OF_OUTPUT, DIRECT);
    if (!item.has("output")) {
      throw item.refusal("output", "is required");
    }
    endSaid();
    results.add(
        new Part.ToolResult(
            item.name("call_id"),
            null,
            InputParts.read(item, "output", InputParts.OF_USER),
            false));
  }

  private void endTurns() {
    endSaid();
    endResults();
  }

  private void endSaid() {
    add(Turn.Role.ASSISTANT, said);
    said.clear();
  }

  private void endResults() {
    add(Turn.Role.USER, results);
    results.clear();
  }

  private void add(Turn.Role role, List<Part> parts) {
    if (!parts.isEmpty()) {
      turns.add(new Turn(role, parts));
    }
  }
}

package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code system} and {@code messages}. */
final class MessageTurns {
  private MessageTurns() {}

  static List<Turn> read(Fields body) {
    var turns = new ArrayList<Turn>();
    var system = Blocks.read(body, "system", Blocks.OF_SYSTEM);
    if (!system.isEmpty()) {
      turns.add(new Turn(Turn.Role.SYSTEM, system));
    }
    var messages = body.objects("messages", Bounds.TURNS);
    if (messages.isEmpty()) {
      throw body.refusal("messages", "must have at least one element");
    }
    messages.forEach(message -> add(turns, message));
    return turns;
  }

  private static void add(List<Turn> turns, Fields message) {
    message.checkOnly(Set.of("role", "content"), Map.of());
    var role = role(message);
    if (!message.has("content")) {
      throw message.refusal("content", "is required");
    }
    var parts = resultsFirst(Blocks.read(message, "content", kinds(role)));
    if (!parts.isEmpty()) {
      turns.add(new Turn(role, parts));
    } else if (role == Turn.Role.USER) {
      throw message.refusal("content", "must not be empty");
    }
  }

  private static Turn.Role role(Fields message) {
    return switch (message.requiredText("role")) {
      case "user" -> Turn.Role.USER;
      case "assistant" -> Turn.Role.ASSISTANT;
      case "system" -> Turn.Role.SYSTEM;
      default -> throw message.refusal("role", "must be user, assistant or system");
    };
  }

  private static Set<String> kinds(Turn.Role role) {
    return switch (role) {
      case USER -> Blocks.OF_USER;
      case ASSISTANT -> Blocks.OF_ASSISTANT;
      case SYSTEM -> Blocks.OF_SYSTEM;
    };
  }

  private static List<Part> resultsFirst(List<Part> parts) {
    var ordered = new ArrayList<>(parts);
    ordered.sort(Comparator.comparing(part -> part instanceof Part.ToolResult ? 0 : 1));
    return ordered;
  }
}

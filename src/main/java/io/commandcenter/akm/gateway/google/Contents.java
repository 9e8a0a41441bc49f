package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.CallIds;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Members;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code contents} and {@code systemInstruction}. */
final class Contents {
  private static final Set<String> UNDERSTOOD = Set.of("role", "parts");

  private final CallIds ids = new CallIds();
  private final String detail;

  /**
   * @param detail of every image; null if not said
   */
  private Contents(String detail) {
    this.detail = detail;
  }

  static List<Turn> read(Fields body, String detail) {
    var turns = new ArrayList<Turn>();
    var system = body.object("systemInstruction");
    if (system != null) {
      system.checkOnly(UNDERSTOOD, Map.of());
      turns.add(new Turn(Turn.Role.SYSTEM, List.copyOf(texts(system))));
    }
    var reader = new Contents(detail);
    var spoken = new ArrayList<Turn>();
    Members.objects(body, "contents", Bounds.TURNS)
        .forEach(content -> reader.turn(content, spoken));
    if (spoken.isEmpty()) {
      throw body.refusal("contents", "must have at least one element with a part");
    }
    turns.addAll(spoken);
    return turns;
  }

  /** The parts of a content that has nothing but text. */
  static List<Part.Text> texts(Fields content) {
    var texts = new ArrayList<Part.Text>();
    for (var part : Members.objects(content, "parts", Bounds.PARTS)) {
      part.checkOnly(Set.of("text"), Map.of("thought", Set.of(false)));
      texts.add(new Part.Text(part.requiredText("text")));
    }
    if (texts.isEmpty()) {
      throw content.refusal("parts", "must have at least one part with a text");
    }
    return texts;
  }

  private void turn(Fields content, List<Turn> turns) {
    content.checkOnly(UNDERSTOOD, Map.of());
    var role = role(content);
    var given = Members.objects(content, "parts", Bounds.PARTS);
    if (given.isEmpty()) {
      throw content.refusal("parts", "must have at least one element");
    }
    var results = new ArrayList<Part>();
    var others = new ArrayList<Part>();
    for (var part : given) {
      var read = Parts.read(part, role, detail, ids);
      if (read != null) {
        (read instanceof Part.ToolResult ? results : others).add(read);
      }
    }
    results.addAll(others);
    if (!results.isEmpty()) {
      turns.add(new Turn(role, results));
    }
  }

  private static Turn.Role role(Fields content) {
    var role = content.text("role");
    return switch (role == null ? "user" : role) {
      case "user", "function" -> Turn.Role.USER;
      case "model" -> Turn.Role.ASSISTANT;
      default -> throw content.refusal("role", "must be user or model");
    };
  }
}

package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.core.chat.Part;
import io.commandcenter.akm.core.chat.Turn;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.CallIds;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Members;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Reads one part of a content. */
final class Parts {
  // A resolution set for one part changes what it costs, hardly what is answered.
  private static final Set<String> BESIDE =
      Set.of("thought", "thoughtSignature", "mediaResolution", "partMetadata");

  private Parts() {}

  /**
   * @param detail of images; null if not said
   * @return null for what says nothing: an empty text
   */
  static Part read(Fields part, Turn.Role role, String detail, CallIds ids) {
    var kind = kind(part);
    if (kind.startsWith("function") && kind.equals("functionCall") != assistant(role)) {
      throw part.refusal(kind, "stands in a content of the wrong role");
    }
    return switch (kind) {
      case "text" -> text(part);
      case "inlineData" -> Media.inline(part.object(kind), detail);
      case "fileData" -> Media.file(part.object(kind), detail);
      case "functionCall" -> call(part.object(kind), part.text("thoughtSignature"), ids);
      default -> result(part.object(kind), detail, ids);
    };
  }

  private static boolean assistant(Turn.Role role) {
    return role == Turn.Role.ASSISTANT;
  }

  private static String kind(Fields part) {
    var kinds =
        List.of("text", "inlineData", "fileData", "functionCall", "functionResponse").stream()
            .filter(part::has)
            .toList();
    var understood = new HashSet<>(BESIDE);
    understood.addAll(kinds);
    part.checkOnly(understood, Map.of());
    if (kinds.size() > 1) {
      throw part.refusal(kinds.get(1), "stands beside another kind of part; send two parts");
    }
    // A signature alone is the end of a thought that had no text.
    return kinds.isEmpty() ? "text" : kinds.get(0);
  }

  private static Part text(Fields part) {
    var text = part.text("text");
    var signature = part.text("thoughtSignature");
    if (text == null && signature == null) {
      throw part.refusal("text", "or another kind of part is required");
    }
    if (Boolean.TRUE.equals(part.flag("thought"))) {
      return new Part.Thinking(Objects.requireNonNullElse(text, ""), signature, null, "google");
    }
    return text == null || text.isEmpty() ? null : new Part.Text(text);
  }

  private static Part call(Fields call, String signature, CallIds ids) {
    call.checkOnly(Set.of("id", "name", "args"), Map.of("willContinue", Set.of(false)));
    var name = call.name("name");
    var args = call.object("args");
    return new Part.ToolCall(
        ids.called(call.text("id"), name),
        name,
        args == null ? "{}" : args.json().encode(),
        signature);
  }

  private static Part result(Fields result, String detail, CallIds ids) {
    result.checkOnly(
        Set.of("id", "name", "response", "parts"), Map.of("willContinue", Set.of(false)));
    var name = result.name("name");
    var id = ids.answered(result.text("id"), name);
    if (id == null) {
      throw result.refusal("name", "answers no function call of this conversation");
    }
    var response = result.object("response");
    if (response == null) {
      throw result.refusal("response", "is required");
    }
    var content = new ArrayList<Part>();
    content.add(new Part.Text(said(response.json())));
    for (var part : Members.objects(result, "parts", Bounds.PARTS)) {
      part.checkOnly(Set.of("inlineData"), Map.of());
      var data = part.object("inlineData");
      if (data == null) {
        throw part.refusal("inlineData", "is required");
      }
      content.add(Media.inline(data, detail));
    }
    return new Part.ToolResult(id, name, content, only(response.json(), "error"));
  }

  /** Google's own words: output and error are the result, anything else is one as a whole. */
  private static String said(JsonObject response) {
    for (var name : List.of("output", "result", "error")) {
      if (only(response, name)) {
        var value = response.getValue(name);
        return value instanceof String text ? text : Json.encode(value);
      }
    }
    return response.encode();
  }

  private static boolean only(JsonObject response, String name) {
    return response.size() == 1 && response.getValue(name) != null;
  }
}

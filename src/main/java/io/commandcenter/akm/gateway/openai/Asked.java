package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.core.chat.Reasoning;
import io.commandcenter.akm.core.chat.Sampling;
import io.commandcenter.akm.gateway.dialect.Bounds;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.PlainJson;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Fields that several of OpenAI's calls have in common. */
final class Asked {
  private static final List<String> EFFORTS =
      List.of("none", "minimal", "low", "medium", "high", "xhigh", "max");

  private Asked() {}

  static Set<String> union(Set<String> one, Set<String> other) {
    var both = new HashSet<>(one);
    both.addAll(other);
    return both;
  }

  static Sampling sampling(Fields body) {
    return new Sampling(
        body.number("temperature", 0, 2),
        body.number("top_p", 0, 1),
        null,
        body.number("presence_penalty", -2, 2),
        body.number("frequency_penalty", -2, 2),
        body.whole("seed"));
  }

  static List<String> stops(Fields body, String name) {
    var stops = body.texts(name);
    if (stops.size() > Bounds.STOPS || stops.contains("")) {
      throw body.refusal(name, "must be up to " + Bounds.STOPS + " texts, none of them empty");
    }
    return stops;
  }

  /** Null if nothing is said. */
  static Reasoning reasoning(Fields fields, String name) {
    var effort = effort(fields, name);
    return effort == null ? null : new Reasoning(effort, null, null);
  }

  /** Null if absent. */
  static String effort(Fields fields, String name) {
    return fields.word(name, EFFORTS);
  }

  /** A named schema; its description is a note for people. */
  static OutputFormat schema(Fields schema) {
    schema.checkOnly(Set.of("type", "name", "description", "schema", "strict"), Map.of());
    var own = schema.requiredObject("schema");
    return new OutputFormat(PlainJson.of(own.json()), schema.name("name"), schema.flag("strict"));
  }

  static String endUser(Fields body) {
    var id = body.text("safety_identifier");
    return id == null ? body.text("user") : id;
  }
}

package io.commandcenter.akm.translation;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code translation/answers.txt}: what becomes of each feature of an answer. */
final class AnswerTable {
  /**
   * A provider's answer.
   *
   * @param variables by name, what of it must come through
   */
  record Given(JsonObject body, Map<String, Object> variables) {}

  /** One feature: what each provider answers, and what each dialect's caller gets. */
  static final class Feature {
    final String name;
    final Map<String, Given> given = new LinkedHashMap<>();
    final Map<String, JsonObject> asked = new LinkedHashMap<>();
    final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    Feature(String name) {
      this.name = name;
    }

    /** What the caller must get; most are the same from all providers. */
    Outcome outcome(String provider, String dialect) {
      var own = outcomes.get(dialect + " from " + provider);
      var outcome = own == null ? outcomes.get(dialect) : own;
      if (outcome == null) {
        throw new IllegalStateException(name + ": nothing is said of " + dialect);
      }
      return outcome;
    }
  }

  private AnswerTable() {}

  static List<Feature> read() {
    var features = new ArrayList<Feature>();
    for (var line : RequestTable.lines("translation/answers.txt")) {
      if (line.startsWith("# ")) {
        features.add(new Feature(line.substring(2).strip()));
      } else {
        add(features.get(features.size() - 1), line.strip().split("\\s+", 3));
      }
    }
    return features;
  }

  private static void add(Feature feature, String[] words) {
    switch (words[0]) {
      case "from" -> feature.given.put(words[1], given(words[2]));
      case "asked" -> feature.asked.put(words[1], Json.object(words[2]));
      case "to" -> {
        if (words[2].startsWith("from ")) {
          var special = words[2].split("\\s+", 3);
          feature.outcomes.put(words[1] + " from " + special[1], Outcome.of(special[2]));
        } else {
          feature.outcomes.put(words[1], Outcome.of(words[2]));
        }
      }
      default -> throw new IllegalArgumentException("no such line: " + String.join(" ", words));
    }
  }

  private static Given given(String text) {
    var pieces = Arrays.stream(text.split(";;")).map(String::strip).toList();
    var body = pieces.get(0).startsWith("{") ? Json.object(pieces.get(0)) : fixture(pieces.get(0));
    var variables = new LinkedHashMap<String, Object>();
    for (var piece : pieces.subList(1, pieces.size())) {
      if (piece.contains(" @ ")) {
        var at = piece.split(" @ ");
        variables.put(at[0], Json.at(body, at[1]));
      } else {
        var is = piece.split(" = ", 2);
        variables.put(is[0], Json.value(is[1]));
      }
    }
    if (variables.get("args") instanceof JsonObject args) {
      variables.put("json", args.encode());
    }
    return new Given(body, variables);
  }

  private static JsonObject fixture(String name) {
    try (var in = AnswerTable.class.getResourceAsStream("/fixtures/" + name + ".json")) {
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

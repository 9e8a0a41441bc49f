package io.commandcenter.akm.translation;

import io.commandcenter.akm.gateway.anthropic.Messages;
import io.commandcenter.akm.gateway.dialect.ChatDialect;
import io.commandcenter.akm.gateway.google.GenerateContent;
import io.commandcenter.akm.gateway.ollama.Chat;
import io.commandcenter.akm.gateway.openai.ChatCompletions;
import io.commandcenter.akm.gateway.openai.Responses;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code translation/requests.txt}: what becomes of each feature of a request. */
final class RequestTable {
  static final Map<String, ChatDialect> DIALECTS = new LinkedHashMap<>();
  static final Map<String, String> MODELS = new LinkedHashMap<>();
  private static final Map<String, String> BASES = new LinkedHashMap<>();

  static {
    dialect(
        "openai",
        new ChatCompletions(),
        "{'model':'m','messages':[{'role':'user','content':'Hi'}]}");
    dialect("responses", new Responses(), "{'model':'m','input':'Hi'}");
    dialect(
        "anthropic",
        new Messages(),
        "{'model':'m','max_tokens':100,'messages':[{'role':'user','content':'Hi'}]}");
    dialect("google", new GenerateContent(), "{'contents':[{'parts':[{'text':'Hi'}]}]}");
    dialect("ollama", new Chat(), "{'model':'m','messages':[{'role':'user','content':'Hi'}]}");
    MODELS.put("anthropic", "claude-sonnet-5");
    MODELS.put("openai", "gpt-4.1");
    MODELS.put("google", "gemini-3.8-flash");
    MODELS.put("ollama", "llama3.2");
    MODELS.put("bedrock", "anthropic.claude-sonnet-5-v1:0");
  }

  /**
   * What a dialect says for a feature.
   *
   * @param label for people
   * @param body null if the dialect has no word for it
   * @param refusal the field that the dialect refuses; null if it reads it
   */
  record Said(String label, JsonObject body, String refusal) {}

  /** One feature: what each dialect says, and what each provider gets. */
  static final class Feature {
    final String name;
    final Map<String, String> models = new LinkedHashMap<>(MODELS);
    final Map<String, Said> said = new LinkedHashMap<>();
    final Map<String, Outcome> outcomes = new LinkedHashMap<>();

    Feature(String name) {
      this.name = name;
    }

    /** What the provider must get, said in this dialect; most are the same for all dialects. */
    Outcome outcome(String dialect, String provider) {
      var own = outcomes.get(provider + " from " + dialect);
      var outcome = own == null ? outcomes.get(provider) : own;
      if (outcome == null) {
        throw new IllegalStateException(name + ": nothing is said of " + provider);
      }
      return outcome;
    }
  }

  private RequestTable() {}

  private static void dialect(String name, ChatDialect dialect, String base) {
    DIALECTS.put(name, dialect);
    BASES.put(name, base);
  }

  static List<Feature> read() {
    var features = new ArrayList<Feature>();
    for (var line : lines("translation/requests.txt")) {
      if (line.startsWith("# ")) {
        features.add(new Feature(line.substring(2).strip()));
      } else {
        add(features.get(features.size() - 1), line.strip().split("\\s+", 3));
      }
    }
    return features;
  }

  /** The lines of a table that say something: neither blank nor a note. */
  static List<String> lines(String resource) {
    try (var in = RequestTable.class.getClassLoader().getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("--"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void add(Feature feature, String[] words) {
    switch (words[0]) {
      case "model" -> feature.models.put(words[1], words[2]);
      case "in" -> feature.said.put(words[1], said(words[1], words[2]));
      case "out" -> {
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

  private static Said said(String dialect, String text) {
    var at = text.indexOf("::");
    if (at < 0) {
      return new Said(text.strip(), null, null);
    }
    var label = text.substring(0, at).strip();
    var body = Json.object(BASES.get(dialect)).mergeIn(Json.object(text.substring(at + 2)));
    return label.startsWith("refused ")
        ? new Said("refused", body, label.substring("refused ".length()))
        : new Said(label, body, null);
  }
}

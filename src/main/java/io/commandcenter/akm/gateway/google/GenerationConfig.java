package io.commandcenter.akm.gateway.google;

import io.commandcenter.akm.core.chat.OutputFormat;
import io.commandcenter.akm.core.chat.Reasoning;
import io.commandcenter.akm.core.chat.Sampling;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.Members;
import io.commandcenter.akm.gateway.dialect.PlainJson;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads {@code generationConfig}.
 *
 * @param config empty if it is absent
 */
record GenerationConfig(Fields config) {
  private static final Set<String> UNDERSTOOD =
      Set.of(
          "temperature",
          "topP",
          "topK",
          "maxOutputTokens",
          "stopSequences",
          "seed",
          "presencePenalty",
          "frequencyPenalty",
          "responseMimeType",
          "responseSchema",
          "responseJsonSchema",
          "responseModalities",
          "thinkingConfig",
          "mediaResolution");
  private static final Map<String, Set<Object>> NEUTRAL =
      Map.of(
          "candidateCount", Set.of(1),
          "responseLogprobs", Set.of(false),
          "audioTimestamp", Set.of(false),
          "enableEnhancedCivicAnswers", Set.of(false));

  static GenerationConfig of(Fields body) {
    var config = body.object("generationConfig");
    if (config == null) {
      return new GenerationConfig(new Fields(new JsonObject(), "generationConfig."));
    }
    config.checkOnly(UNDERSTOOD, NEUTRAL);
    checkModalities(config);
    return new GenerationConfig(config);
  }

  private static void checkModalities(Fields config) {
    if (!config.texts("responseModalities").stream().allMatch("TEXT"::equalsIgnoreCase)) {
      throw config.refusal("responseModalities", "other than TEXT are not supported");
    }
  }

  Sampling sampling() {
    return new Sampling(
        config.number("temperature", 0, 2),
        config.number("topP", 0, 1),
        Members.count(config, "topK", 1, Integer.MAX_VALUE),
        config.number("presencePenalty", -2, 2),
        config.number("frequencyPenalty", -2, 2),
        Members.whole(config, "seed", Long.MIN_VALUE, Long.MAX_VALUE));
  }

  Integer maxOutputTokens() {
    return Members.count(config, "maxOutputTokens", 1, Integer.MAX_VALUE);
  }

  List<String> stop() {
    return Members.stops(config, "stopSequences");
  }

  /** OpenAI's word for the resolution at which images are looked at; null if not said. */
  String imageDetail() {
    var resolution = config.text("mediaResolution");
    return switch (resolution == null ? "MEDIA_RESOLUTION_UNSPECIFIED" : resolution) {
      case "MEDIA_RESOLUTION_UNSPECIFIED" -> null;
      case "MEDIA_RESOLUTION_LOW" -> "low";
      case "MEDIA_RESOLUTION_MEDIUM" -> "auto";
      case "MEDIA_RESOLUTION_HIGH" -> "high";
      default -> throw config.refusal("mediaResolution", "is none of Google's resolutions");
    };
  }

  OutputFormat format() {
    var type = config.text("responseMimeType");
    var openApi = config.object("responseSchema");
    var json = config.object("responseJsonSchema");
    if (openApi != null && json != null) {
      throw config.refusal("responseSchema", "and responseJsonSchema exclude each other");
    }
    var schema = openApi == null ? json : openApi;
    if (!"application/json".equals(type)) {
      if (type != null && !type.equals("text/plain") || schema != null) {
        throw config.refusal(
            "responseMimeType", "must be application/json, or text/plain without a schema");
      }
      return null;
    }
    if (schema == null) {
      return OutputFormat.ANY_OBJECT;
    }
    var plain = PlainJson.of(schema.json());
    return new OutputFormat(json == null ? OpenApiSchema.jsonSchema(plain) : plain, null, null);
  }

  Reasoning reasoning() {
    var thinking = config.object("thinkingConfig");
    if (thinking == null) {
      return null;
    }
    thinking.checkOnly(Set.of("includeThoughts", "thinkingBudget", "thinkingLevel"), Map.of());
    var shown = thinking.flag("includeThoughts");
    var budget = Members.count(thinking, "thinkingBudget", -1, Integer.MAX_VALUE);
    var level = level(thinking);
    if (budget != null && level != null) {
      throw thinking.refusal("thinkingBudget", "and thinkingLevel exclude each other");
    }
    if (budget == null || budget == -1) {
      return new Reasoning(level, null, shown);
    }
    return budget == 0 ? new Reasoning("none", null, shown) : new Reasoning(null, budget, shown);
  }

  private static String level(Fields thinking) {
    var level = thinking.text("thinkingLevel");
    return switch (level == null ? "THINKING_LEVEL_UNSPECIFIED" : level.toUpperCase(Locale.ROOT)) {
      case "THINKING_LEVEL_UNSPECIFIED" -> null;
      case "MINIMAL", "LOW", "MEDIUM", "HIGH" -> level.toLowerCase(Locale.ROOT);
      default -> throw thinking.refusal("thinkingLevel", "must be MINIMAL, LOW, MEDIUM or HIGH");
    };
  }

  /** Whether the caller's own body, in which names may be written in both ways, asks for it. */
  static boolean showsThoughts(Fields asked) {
    return asked != null
        && either(asked.json(), "generationConfig", "generation_config")
            instanceof JsonObject config
        && either(config, "thinkingConfig", "thinking_config") instanceof JsonObject thinking
        && Boolean.TRUE.equals(either(thinking, "includeThoughts", "include_thoughts"));
  }

  private static Object either(JsonObject of, String camel, String snake) {
    return of.containsKey(camel) ? of.getValue(camel) : of.getValue(snake);
  }
}

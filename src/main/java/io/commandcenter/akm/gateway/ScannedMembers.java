package io.commandcenter.akm.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.exchange.BodyScan;
import io.commandcenter.akm.exchange.BodyScan.Gap;
import io.commandcenter.akm.exchange.BodyScan.Span;
import io.commandcenter.akm.exchange.WireFormat;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The members that count, as they are met on the way through one body. */
final class ScannedMembers {
  private static final int MOST_TOKENS = 2_000_000;

  private static final Map<String, Set<String>> USUAL =
      Map.of(
          "service_tier", Set.of("auto", "default", "standard", "standard_only", "flex"),
          "serviceTier", Set.of("standard", "flex"),
          "speed", Set.of("standard"),
          "inference_geo", Set.of("global", "not_available"));

  private static final Set<String> COUNT =
      Set.of(
          "model",
          "stream",
          "stream_options",
          "options",
          "max_tokens",
          "max_completion_tokens",
          "max_output_tokens");

  private enum Member {
    MODEL,
    STREAM,
    LIMIT,
    STREAM_OPTIONS,
    SETTINGS
  }

  private final JsonParser parser;
  private final InputSize size;
  private final LimitNames limits;
  private final Set<Member> met = EnumSet.noneOf(Member.class);
  private final Set<String> limitsMet = new HashSet<>(4);
  private String model;
  private Span modelAt;
  private Boolean stream;
  private Long limit;
  private Span limitAt;
  private Span streamOptionsAt;
  private boolean includeUsage;
  private Gap members;
  private Gap settings;
  private boolean openEnded;
  private String unbounded;

  ScannedMembers(JsonParser parser, byte[] body, WireFormat format) {
    this.parser = parser;
    limits = LimitNames.of(format);
    size = new InputSize(parser, body);
  }

  BodyScan scan() {
    return new BodyScan(
        model,
        modelAt,
        stream,
        limit,
        limitAt,
        streamOptionsAt,
        includeUsage,
        members,
        settings,
        size.tokens(),
        openEnded || size.openEnded(),
        unbounded);
  }

  /** The body's own members; the parser stands on its opening brace. */
  void object() throws IOException {
    int behindBrace = BodyScanner.offsetBehind(parser);
    boolean alone = true;
    for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      alone = false;
      var value = parser.nextToken();
      switch (name) {
        case "model" -> model(value);
        case "stream" -> stream(value);
        case "max_tokens", "max_completion_tokens", "max_output_tokens" -> limit(name, value);
        case "stream_options" -> streamOptions(value);
        case "generationConfig", "generation_config", "options" -> settings(name, value);
        case "n", "best_of" -> copies(name, value);
        case "previous_response_id", "conversation", "cachedContent", "cached_content" -> {
          openEnded |= value == JsonToken.VALUE_STRING || value == JsonToken.START_OBJECT;
          size.walk(value);
        }
        case "service_tier", "serviceTier", "speed", "inference_geo" -> tier(name, value);
        default -> other(name, value);
      }
    }
    members = new Gap(behindBrace, alone);
  }

  private void model(JsonToken value) throws IOException {
    once(Member.MODEL, "model");
    if (value != JsonToken.VALUE_STRING) {
      throw refusal("model", "must be a string");
    }
    model = parser.getText();
    modelAt = here();
  }

  private void stream(JsonToken value) {
    once(Member.STREAM, "stream");
    if (value != JsonToken.VALUE_NULL) {
      if (!value.isBoolean()) {
        throw refusal("stream", "must be true or false");
      }
      stream = value == JsonToken.VALUE_TRUE;
    }
  }

  /** Servers written in Go take a member's name in any capitals: there it would stand twice. */
  private void other(String name, JsonToken value) throws IOException {
    if (COUNT.contains(name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))) {
      throw refusal(name, "must be written in small letters");
    }
    size.walk(value);
  }

  private void limit(String name, JsonToken value) throws IOException {
    boolean inSettings = parser.getParsingContext().getParent().getCurrentName() != null;
    if (inSettings == limits.holders().isEmpty() || !limits.names().contains(name)) {
      size.walk(value);
      return;
    }
    if (!limitsMet.add(name)) {
      throw refusal(name, "must stand in the body only once");
    }
    if (value == JsonToken.VALUE_NULL) {
      // A limit put in beside it would stand in the body twice, and the null could win.
      limitAt = limitAt == null ? here() : limitAt;
      return;
    }
    once(Member.LIMIT, name);
    if (value != JsonToken.VALUE_NUMBER_INT
        || !parser.getNumberType().equals(JsonParser.NumberType.INT)
        || parser.getIntValue() > MOST_TOKENS) {
      throw refusal(name, "must be an integer up to " + MOST_TOKENS);
    }
    if (parser.getIntValue() >= 0) {
      limit = parser.getLongValue();
      limitAt = here();
    } else if (!name.equals("num_predict")) {
      throw refusal(name, "must not be negative");
    } else {
      // Ollama's -1 and -2: without end, or as long as the window.
      unbounded = "options.num_predict";
    }
  }

  private void streamOptions(JsonToken value) throws IOException {
    once(Member.STREAM_OPTIONS, "stream_options");
    int start = BodyScanner.offset(parser);
    if (value == JsonToken.START_OBJECT) {
      for (var name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        var inner = parser.nextToken();
        includeUsage |= name.equals("include_usage") && inner == JsonToken.VALUE_TRUE;
        size.walk(inner);
      }
    } else if (value != JsonToken.VALUE_NULL) {
      throw refusal("stream_options", "must be an object");
    }
    streamOptionsAt = new Span(start, BodyScanner.offsetBehind(parser));
  }

  /** Google and Ollama keep the limit one object further in. */
  private void settings(String name, JsonToken value) throws IOException {
    if (!limits.holders().contains(name)) {
      size.walk(value);
      return;
    }
    once(Member.SETTINGS, name);
    if (value == JsonToken.VALUE_NULL) {
      limitAt = here();
      return;
    }
    if (value != JsonToken.START_OBJECT) {
      throw refusal(name, "must be an object");
    }
    int behindBrace = BodyScanner.offsetBehind(parser);
    boolean alone = true;
    for (var inner = parser.nextFieldName(); inner != null; inner = parser.nextFieldName()) {
      alone = false;
      var of = parser.nextToken();
      switch (inner) {
        case "maxOutputTokens", "max_output_tokens", "num_predict" -> limit(inner, of);
        case "candidateCount", "candidate_count" -> copies(inner, of);
        default -> size.walk(of);
      }
    }
    settings = new Gap(behindBrace, alone);
  }

  private void copies(String name, JsonToken value) throws IOException {
    // Some servers take "2" and 2.0 for 2.
    boolean one = value == JsonToken.VALUE_NUMBER_INT && parser.getValueAsInt(2) <= 1;
    if (!one && value != JsonToken.VALUE_NULL) {
      unbounded = name;
    }
    size.walk(value);
  }

  private void tier(String name, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING && !USUAL.get(name).contains(parser.getText())) {
      unbounded = name;
    }
    size.walk(value);
  }

  private void once(Member member, String name) {
    if (!met.add(member)) {
      throw refusal(
          name,
          member == Member.LIMIT
              ? "is one output limit too many: give only one"
              : "must stand in the body only once");
    }
  }

  private Span here() throws IOException {
    parser.finishToken();
    return new Span(BodyScanner.offset(parser), BodyScanner.offsetBehind(parser));
  }

  private static Failure refusal(String name, String what) {
    return Failure.badRequest("`" + name + "` " + what).with("param", name);
  }
}

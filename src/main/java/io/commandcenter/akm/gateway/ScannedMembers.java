package io.commandcenter.akm.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.exchange.BodyScan;
import io.commandcenter.akm.exchange.BodyScan.Gap;
import io.commandcenter.akm.exchange.BodyScan.Span;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The members that count, as they are met on the way through one body. */
final class ScannedMembers {
  /** The dearest an image is counted at: high detail, all tiles. */
  private static final long TOKENS_PER_IMAGE = 6_000;

  private static final int MOST_TOKENS = 2_000_000;

  private static final List<byte[]> IMAGE_STARTS =
      Stream.of("iVBORw0K", "/9j/", "R0lGOD", "UklGR", "data:image/")
          .map(start -> start.getBytes(StandardCharsets.US_ASCII))
          .toList();

  private static final Map<String, Set<String>> USUAL =
      Map.of(
          "service_tier", Set.of("auto", "default", "standard", "standard_only", "flex"),
          "serviceTier", Set.of("standard", "flex"),
          "speed", Set.of("standard"),
          "inference_geo", Set.of("global", "not_available"));

  private enum Member {
    MODEL,
    STREAM,
    LIMIT,
    STREAM_OPTIONS,
    SETTINGS
  }

  private final JsonParser parser;
  private final byte[] body;
  private final Set<Member> met = EnumSet.noneOf(Member.class);
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
  private long bytes;
  private long images;

  ScannedMembers(JsonParser parser, byte[] body) {
    this.parser = parser;
    this.body = body;
    bytes = body.length;
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
        bytes + images * TOKENS_PER_IMAGE,
        openEnded,
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
        case "previous_response_id", "conversation", "cachedContent", "cached_content" ->
            openEnded |= value == JsonToken.VALUE_STRING || value == JsonToken.START_OBJECT;
        case "service_tier", "serviceTier", "speed", "inference_geo" -> tier(name, value);
        default -> walk(value);
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

  private void limit(String name, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NULL) {
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
        walk(inner);
      }
    } else if (value != JsonToken.VALUE_NULL) {
      throw refusal("stream_options", "must be an object");
    }
    streamOptionsAt = new Span(start, BodyScanner.offsetBehind(parser));
  }

  /** Google and Ollama keep the limit one object further in. */
  private void settings(String name, JsonToken value) throws IOException {
    if (value != JsonToken.START_OBJECT) {
      walk(value);
      return;
    }
    once(Member.SETTINGS, name);
    int behindBrace = BodyScanner.offsetBehind(parser);
    boolean alone = true;
    for (var inner = parser.nextFieldName(); inner != null; inner = parser.nextFieldName()) {
      alone = false;
      var of = parser.nextToken();
      switch (inner) {
        case "maxOutputTokens", "max_output_tokens", "num_predict" -> limit(inner, of);
        case "candidateCount", "candidate_count" -> copies(inner, of);
        default -> walk(of);
      }
    }
    settings = new Gap(behindBrace, alone);
  }

  private void copies(String name, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_NUMBER_INT && parser.getValueAsInt(2) > 1) {
      unbounded = name;
    }
    walk(value);
  }

  private void tier(String name, JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING && !USUAL.get(name).contains(parser.getText())) {
      unbounded = name;
    }
    walk(value);
  }

  /** Everything below the members that count: only what makes the input's size uncertain. */
  private void walk(JsonToken value) throws IOException {
    if (value == JsonToken.VALUE_STRING) {
      text(parser.currentName());
    }
    if (!value.isStructStart()) {
      return;
    }
    int depth = 1;
    while (depth > 0) {
      var token = parser.nextToken();
      if (token == null) {
        return;
      }
      if (token.isStructStart()) {
        depth++;
      } else if (token.isStructEnd()) {
        depth--;
      } else if (token == JsonToken.VALUE_STRING) {
        text(parser.currentName());
      }
    }
  }

  private void text(String name) throws IOException {
    // Looked at as bytes: a text that is not needed is not decoded either.
    int start = BodyScanner.offset(parser) + 1;
    if (isImage(start)) {
      parser.finishToken();
      images++;
      bytes -= BodyScanner.offsetBehind(parser) - start;
      return;
    }
    if (name == null) {
      return;
    }
    switch (name) {
      case "file_id", "fileUri", "file_uri", "file_url" -> openEnded = true;
      case "image_url" -> images++;
      case "url" -> referred(parser.getParsingContext().getParent().getCurrentName());
      default -> {
        // An ordinary text: its bytes are counted.
      }
    }
  }

  private boolean isImage(int at) {
    for (var start : IMAGE_STARTS) {
      if (at + start.length <= body.length
          && Arrays.equals(body, at, at + start.length, start, 0, start.length)) {
        return true;
      }
    }
    return false;
  }

  private void referred(String parent) {
    if ("image_url".equals(parent)) {
      images++;
    } else if ("source".equals(parent)) {
      openEnded = true;
    }
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

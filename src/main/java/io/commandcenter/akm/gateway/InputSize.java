package io.commandcenter.akm.gateway;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** An upper bound of the tokens that a body's input has. */
final class InputSize {
  /** The dearest an image is counted at: high detail, all tiles. */
  private static final long TOKENS_PER_IMAGE = 6_000;

  private static final List<byte[]> IMAGE_STARTS =
      Stream.of("iVBORw0K", "/9j/", "R0lGOD", "UklGR", "data:image/")
          .map(start -> start.getBytes(StandardCharsets.US_ASCII))
          .toList();

  private final JsonParser parser;
  private final byte[] body;
  private long bytes;
  private long images;
  private boolean openEnded;

  InputSize(JsonParser parser, byte[] body) {
    this.parser = parser;
    this.body = body;
    bytes = body.length;
  }

  long tokens() {
    return bytes + images * TOKENS_PER_IMAGE;
  }

  /** Whether something of unknown length is referred to. */
  boolean openEnded() {
    return openEnded;
  }

  /**
   * The value that the parser stands on, up to its end: only what makes the size uncertain is
   * looked at.
   */
  void walk(JsonToken value) throws IOException {
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
}

package io.commandcenter.akm.mcp.conformance;

import io.modelcontextprotocol.spec.McpSchema.AudioContent;
import io.modelcontextprotocol.spec.McpSchema.EmbeddedResource;
import io.modelcontextprotocol.spec.McpSchema.ImageContent;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Contents of each kind, and the schemas that stand beside this class. */
final class Samples {
  /** One transparent pixel. */
  static final String PNG =
      "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

  /** A header and no sound: 8 kHz, one channel, 8 bits. */
  private static final String WAV = "UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQAAAAA=";

  private Samples() {}

  static TextContent text(String text) {
    return TextContent.builder(text).build();
  }

  static ImageContent image() {
    return ImageContent.builder(PNG, "image/png").build();
  }

  static AudioContent audio() {
    return AudioContent.builder(WAV, "audio/wav").build();
  }

  static EmbeddedResource embedded(String uri, String mimeType, String text) {
    return EmbeddedResource.builder(textResource(uri, mimeType, text)).build();
  }

  static TextResourceContents textResource(String uri, String mimeType, String text) {
    return TextResourceContents.builder(uri, text).mimeType(mimeType).build();
  }

  /**
   * @param name of a JSON file, without its ending
   */
  static Map<String, Object> schema(String name) {
    try (var in = Samples.class.getResourceAsStream(name + ".json")) {
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8)).getMap();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

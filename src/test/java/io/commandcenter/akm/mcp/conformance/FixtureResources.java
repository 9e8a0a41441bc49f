package io.commandcenter.akm.mcp.conformance;

import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.BlobResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceContents;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The resources and the template that the suite reads. */
final class FixtureResources {
  static final String WATCHED = "test://watched-resource";
  static final String TEMPLATE = "test://template/{id}/data";
  private static final String TEXT = "test://static-text";
  private static final String BINARY = "test://static-binary";
  private static final Pattern OF_TEMPLATE = Pattern.compile("test://template/([^/]+)/data");

  private FixtureResources() {}

  static List<Resource> all() {
    return List.of(
        card(TEXT, "static-text", "text/plain"),
        card(BINARY, "static-binary", "image/png"),
        card(WATCHED, "watched-resource", "text/plain"));
  }

  static List<ResourceTemplate> templates() {
    return List.of(
        ResourceTemplate.builder(TEMPLATE, "template")
            .description("Data of an id")
            .mimeType("application/json")
            .build());
  }

  static Future<Round<ReadResourceResult>> read(String uri) {
    return switch (uri) {
      case TEXT -> text(uri, "text/plain", "This is the content of the static text resource.");
      case BINARY ->
          done(BlobResourceContents.builder(uri, Samples.PNG).mimeType("image/png").build());
      case WATCHED -> text(uri, "text/plain", "Watched content");
      default -> ofTemplate(uri);
    };
  }

  private static Future<Round<ReadResourceResult>> ofTemplate(String uri) {
    var match = OF_TEMPLATE.matcher(uri);
    return match.matches()
        ? text(
            uri,
            "application/json",
            "{\"id\":\"%1$s\",\"templateTest\":true,\"data\":\"Data for ID: %1$s\"}"
                .formatted(match.group(1)))
        : Future.failedFuture(unknown(uri));
  }

  private static McpError unknown(String uri) {
    return McpError.builder(ErrorCodes.RESOURCE_NOT_FOUND)
        .message("Resource not found")
        .data(Map.of("uri", uri))
        .build();
  }

  private static Resource card(String uri, String name, String mimeType) {
    return Resource.builder(uri, name).description(name).mimeType(mimeType).build();
  }

  private static Future<Round<ReadResourceResult>> text(String uri, String mimeType, String text) {
    return done(Samples.textResource(uri, mimeType, text));
  }

  private static Future<Round<ReadResourceResult>> done(ResourceContents contents) {
    return Results.done(ReadResourceResult.builder(List.of(contents)).build());
  }
}

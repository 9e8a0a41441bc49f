package io.commandcenter.akm.mcp;

import io.commandcenter.akm.mcp.resources.Resource;
import io.commandcenter.akm.mcp.transport.Rx;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.vertx.core.json.JsonObject;
import java.util.List;
import reactor.core.publisher.Mono;

/** A resource as the SDK wants it. */
final class ResourceAdapter {
  private static final String JSON = "application/json";

  private ResourceAdapter() {}

  static AsyncResourceSpecification specification(Resource resource) {
    var described =
        McpSchema.Resource.builder(resource.uri(), resource.name())
            .title(resource.title())
            .description(resource.description())
            .mimeType(JSON)
            .build();
    return new AsyncResourceSpecification(
        described, (exchange, request) -> read(resource, Asker.of(exchange).requestId()));
  }

  private static Mono<ReadResourceResult> read(Resource resource, String requestId) {
    return Rx.mono(resource.content()::get)
        .map(content -> result(resource, content))
        .onErrorMap(cause -> McpProblems.error(cause, requestId));
  }

  private static ReadResourceResult result(Resource resource, JsonObject content) {
    var text =
        TextResourceContents.builder(resource.uri(), content.encodePrettily())
            .mimeType(JSON)
            .build();
    return ReadResourceResult.builder(List.of(text)).build();
  }
}

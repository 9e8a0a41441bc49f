package io.commandcenter.akm.mcp;

import io.commandcenter.akm.mcp.resources.Resource;
import io.commandcenter.akm.mcp.transport.Rx;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncResourceSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A resource as the SDK wants it. */
final class ResourceAdapter {
  private static final String JSON = "application/json";

  private ResourceAdapter() {}

  static AsyncResourceSpecification specification(Resource resource) {
    var card = resource.card();
    var described =
        McpSchema.Resource.builder(card.uri(), card.name())
            .title(card.title())
            .description(card.description())
            .mimeType(JSON)
            .build();
    return new AsyncResourceSpecification(
        described, (exchange, request) -> read(resource, Asker.of(exchange)));
  }

  private static Mono<ReadResourceResult> read(Resource resource, Asker asker) {
    var reading = new Resource.Reading(resource.card().uri(), Map.of(), asker.principal());
    return Rx.mono(() -> resource.read(reading))
        .map(document -> result(resource, document.json()))
        .onErrorMap(cause -> McpProblems.error(cause, asker.requestId()));
  }

  private static ReadResourceResult result(Resource resource, JsonObject content) {
    var text =
        TextResourceContents.builder(resource.card().uri(), content.encodePrettily())
            .mimeType(JSON)
            .build();
    return ReadResourceResult.builder(List.of(text)).build();
  }
}

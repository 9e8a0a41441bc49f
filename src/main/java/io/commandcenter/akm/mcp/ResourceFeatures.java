package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.mcp.resources.Resource;
import io.commandcenter.akm.mcp.resources.ResourceIndex;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.vertx.core.Future;
import java.util.List;

/** The resources as clients see and read them: each as JSON, and as Markdown for a reader. */
final class ResourceFeatures {
  private static final String JSON = "application/json";
  private static final String MARKDOWN = "text/markdown";

  private final List<Resource> resources;
  private final ResourceIndex index;

  ResourceFeatures(List<Resource> resources) {
    this.resources = List.copyOf(resources);
    index = new ResourceIndex(resources);
  }

  List<McpSchema.Resource> shownTo(Caller caller) {
    return cards(caller, false).stream()
        .map(
            card ->
                McpSchema.Resource.builder(card.uri(), card.name())
                    .title(card.title())
                    .description(card.description())
                    .mimeType(JSON)
                    .build())
        .toList();
  }

  List<McpSchema.ResourceTemplate> templatesShownTo(Caller caller) {
    return cards(caller, true).stream()
        .map(
            card ->
                McpSchema.ResourceTemplate.builder(card.uri(), card.name())
                    .title(card.title())
                    .description(card.description())
                    .mimeType(JSON)
                    .build())
        .toList();
  }

  private List<Resource.Card> cards(Caller caller, boolean templates) {
    var scope = Asker.of(caller).principal().scope();
    return resources.stream()
        .map(Resource::card)
        .filter(card -> card.isTemplate() == templates && scope.includes(card.scope()))
        .toList();
  }

  Future<Round<ReadResourceResult>> read(String uri, Call call) {
    var asker = Asker.of(call.caller());
    return Future.succeededFuture()
        .compose(v -> read(uri, asker.principal()))
        .map(document -> (Round<ReadResourceResult>) new Round.Done<>(result(uri, document)))
        .recover(cause -> Future.failedFuture(McpProblems.resource(cause, asker.requestId())));
  }

  private Future<Resource.Document> read(String uri, Principal reader) {
    var match =
        index
            .find(uri)
            .orElseThrow(
                () ->
                    Failure.notFound(
                        "there is no resource of this URI; see resources/list and"
                            + " resources/templates/list"));
    requireScope(reader, match.resource().card().scope());
    return match.resource().read(new Resource.Reading(uri, match.variables(), reader));
  }

  private static void requireScope(Principal reader, Scope scope) {
    if (!reader.scope().includes(scope)) {
      throw new Failure(
          Code.FORBIDDEN,
          "this resource needs a token of scope %s or above; yours is %s"
              .formatted(scope.slug(), reader.scope().slug()));
    }
  }

  boolean subscribable(String uri, Caller caller) {
    return index
        .find(uri)
        .filter(
            match -> Asker.of(caller).principal().scope().includes(match.resource().card().scope()))
        .isPresent();
  }

  private static ReadResourceResult result(String uri, Resource.Document document) {
    return ReadResourceResult.builder(
            List.of(
                TextResourceContents.builder(uri, document.json().encodePrettily())
                    .mimeType(JSON)
                    .build(),
                TextResourceContents.builder(uri, document.markdown()).mimeType(MARKDOWN).build()))
        .build();
  }
}

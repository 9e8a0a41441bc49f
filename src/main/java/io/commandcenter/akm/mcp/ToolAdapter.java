package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.mcp.tools.KeyGuard;
import io.commandcenter.akm.mcp.tools.Person;
import io.commandcenter.akm.mcp.tools.SchemaCheck;
import io.commandcenter.akm.mcp.tools.Tool;
import io.commandcenter.akm.mcp.tools.ToolAnswer;
import io.commandcenter.akm.mcp.tools.ToolCall;
import io.commandcenter.akm.mcp.tools.ToolCard;
import io.commandcenter.akm.mcp.transport.Rx;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Mono;

/** A tool as the SDK wants it; every call passes the guards here, in this order. */
final class ToolAdapter {
  private final Tool tool;
  private final Elicitations elicitations;

  ToolAdapter(Tool tool, Elicitations elicitations) {
    this.tool = tool;
    this.elicitations = elicitations;
  }

  AsyncToolSpecification specification() {
    return new AsyncToolSpecification(describe(tool.card()), this::call);
  }

  private static McpSchema.Tool describe(ToolCard card) {
    var hints = card.hints();
    return McpSchema.Tool.builder(card.name(), card.input().json())
        .title(card.title())
        .description(card.description())
        .outputSchema(card.output().json())
        .annotations(
            ToolAnnotations.builder()
                .title(card.title())
                .readOnlyHint(hints.readOnly())
                .destructiveHint(hints.destructive())
                .idempotentHint(hints.idempotent())
                .openWorldHint(hints.openWorld())
                .build())
        .build();
  }

  private Mono<CallToolResult> call(McpAsyncServerExchange exchange, CallToolRequest request) {
    var asker = Asker.of(exchange);
    return Rx.mono(
        () ->
            Future.succeededFuture()
                .compose(v -> guarded(exchange, asker.principal(), request, null))
                .map(ToolAdapter::result)
                .otherwise(cause -> McpProblems.result(cause, asker.requestId())));
  }

  private Future<ToolAnswer.Told> guarded(
      McpAsyncServerExchange exchange,
      Principal principal,
      CallToolRequest request,
      Person.Reply reply) {
    var arguments = Objects.requireNonNullElse(request.arguments(), Map.<String, Object>of());
    KeyGuard.refuseKeys(arguments);
    KeyGuard.refuseKeys(request.meta());
    requireScope(principal, tool.card().scope());
    SchemaCheck.check(tool.card().input(), arguments);
    var person = new ExchangePerson(exchange, elicitations, reply);
    return tool.call(new ToolCall(new JsonObject(arguments), principal, person, Unheard.PROGRESS))
        .compose(
            answer -> {
              if (answer instanceof ToolAnswer.Opening opening) {
                return person
                    .open(opening)
                    .compose(next -> guarded(exchange, principal, request, next));
              }
              return Future.succeededFuture((ToolAnswer.Told) answer);
            });
  }

  /** A list without a tool would not keep anyone from calling it. */
  private static void requireScope(Principal principal, Scope scope) {
    if (!principal.scope().includes(scope)) {
      throw new Failure(
          Code.FORBIDDEN,
          "this tool needs a token of scope %s or above; yours is %s"
              .formatted(scope.slug(), principal.scope().slug()));
    }
  }

  private static CallToolResult result(ToolAnswer.Told answer) {
    return CallToolResult.builder()
        .structuredContent(answer.structured().getMap())
        .addTextContent(answer.text())
        .isError(false)
        .build();
  }
}

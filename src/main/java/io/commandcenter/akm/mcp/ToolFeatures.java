package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.mcp.tools.KeyGuard;
import io.commandcenter.akm.mcp.tools.SchemaCheck;
import io.commandcenter.akm.mcp.tools.Tool;
import io.commandcenter.akm.mcp.tools.ToolAnswer;
import io.commandcenter.akm.mcp.tools.ToolCall;
import io.commandcenter.akm.mcp.tools.ToolCard;
import io.commandcenter.akm.mcp.transport.Errors;
import io.commandcenter.akm.mcp.transport.feature.Ask;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.modelcontextprotocol.spec.McpSchema.ResourceLink;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tools as clients see and call them; every call passes the guards here, in this order. */
final class ToolFeatures {
  private final Map<String, Tool> tools = new LinkedHashMap<>();
  private final Map<Scope, List<McpSchema.Tool>> shown = new EnumMap<>(Scope.class);
  private final Elicitations elicitations;

  ToolFeatures(List<Tool> all, Elicitations elicitations) {
    this.elicitations = elicitations;
    all.forEach(tool -> tools.put(tool.card().name(), tool));
    for (var scope : Scope.values()) {
      shown.put(
          scope,
          all.stream()
              .map(Tool::card)
              .filter(card -> scope.includes(card.scope()))
              .map(ToolFeatures::describe)
              .toList());
    }
  }

  /** Those that the caller's scope lets it call. */
  List<McpSchema.Tool> shownTo(Caller caller) {
    return shown.get(Asker.of(caller).principal().scope());
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

  Future<Round<CallToolResult>> call(String name, Map<String, Object> arguments, Call call) {
    var person = new CallPerson(call);
    return Future.succeededFuture()
        .compose(v -> guarded(name, arguments, call, person))
        .map(answer -> round(answer, call, person))
        .recover(cause -> failed(cause, Asker.of(call.caller()).requestId()));
  }

  private Future<? extends ToolAnswer> guarded(
      String name, Map<String, Object> arguments, Call call, CallPerson person) {
    KeyGuard.refuseKeys(arguments);
    KeyGuard.refuseKeys(call.meta());
    var tool = tools.get(name);
    if (tool == null) {
      throw Errors.invalidParameters("There is no tool of this name; see tools/list");
    }
    var principal = Asker.of(call.caller()).principal();
    requireScope(principal, tool.card().scope());
    SchemaCheck.check(tool.card().input(), arguments);
    return tool.call(
        new ToolCall(new JsonObject(arguments), principal, person, new CallProgress(call)));
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

  private Round<CallToolResult> round(ToolAnswer answer, Call call, CallPerson person) {
    if (answer instanceof ToolAnswer.Opening page) {
      elicitations.await(page.id(), call.session());
      if (!call.client().links()) {
        throw McpProblems.linkRequired(page);
      }
      var elicit = ElicitUrlRequest.builder(page.message(), page.url(), page.id()).build();
      return new Round.NeedsInput<>(Map.of(CallPerson.PAGE, new Ask.Elicit(elicit)), page.memory());
    }
    return new Round.Done<>(result((ToolAnswer.Told) answer));
  }

  private static CallToolResult result(ToolAnswer.Told answer) {
    var content = new ArrayList<McpSchema.Content>();
    content.add(McpSchema.TextContent.builder(answer.text()).build());
    answer.links().forEach(link -> content.add(link(link)));
    return CallToolResult.builder()
        .structuredContent(answer.structured().getMap())
        .content(content)
        .isError(false)
        .build();
  }

  private static ResourceLink link(ToolAnswer.Link link) {
    return ResourceLink.builder()
        .uri(link.uri())
        .name(link.name())
        .description(link.description())
        .mimeType("application/json")
        .build();
  }

  private static Future<Round<CallToolResult>> failed(Throwable cause, String requestId) {
    return cause instanceof McpError
        ? Future.failedFuture(cause)
        : Future.succeededFuture(new Round.Done<>(McpProblems.result(cause, requestId)));
  }
}

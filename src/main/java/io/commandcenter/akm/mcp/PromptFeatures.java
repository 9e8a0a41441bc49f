package io.commandcenter.akm.mcp;

import io.commandcenter.akm.mcp.completions.Completer;
import io.commandcenter.akm.mcp.prompts.Prompt;
import io.commandcenter.akm.mcp.transport.Errors;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.PromptReference;
import io.modelcontextprotocol.spec.McpSchema.ResourceReference;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The prompts as clients see and get them, and the completion of what people type for them. */
final class PromptFeatures {
  private static final int MOST_PROPOSALS = 100;
  private static final int MOST_CHARACTERS = 1000;

  private final Map<String, Prompt> prompts = new LinkedHashMap<>();
  private final List<McpSchema.Prompt> shown;
  private final Completer completer;

  PromptFeatures(List<Prompt> all, Completer completer) {
    all.forEach(prompt -> prompts.put(prompt.card().name(), prompt));
    shown = all.stream().map(prompt -> describe(prompt.card())).toList();
    this.completer = completer;
  }

  List<McpSchema.Prompt> shown() {
    return shown;
  }

  private static McpSchema.Prompt describe(Prompt.Card card) {
    return McpSchema.Prompt.builder(card.name())
        .title(card.title())
        .description(card.description())
        .arguments(
            card.arguments().stream()
                .map(
                    argument ->
                        McpSchema.PromptArgument.builder(argument.name())
                            .description(argument.description())
                            .required(argument.required())
                            .build())
                .toList())
        .build();
  }

  Future<Round<GetPromptResult>> get(String name, Map<String, Object> given, Call call) {
    var prompt = prompts.get(name);
    if (prompt == null) {
      throw Errors.invalidParameters("There is no prompt of this name; see prompts/list");
    }
    var asker = Asker.of(call.caller());
    return prompt
        .text(arguments(prompt.card(), given), asker.principal())
        .map(text -> (Round<GetPromptResult>) new Round.Done<>(result(prompt.card(), text)))
        .recover(cause -> Future.failedFuture(McpProblems.error(cause, asker.requestId())));
  }

  private static GetPromptResult result(Prompt.Card card, String text) {
    var message = new PromptMessage(Role.USER, TextContent.builder(text).build());
    return GetPromptResult.builder(List.of(message)).description(card.description()).build();
  }

  private static Map<String, String> arguments(Prompt.Card card, Map<String, Object> given) {
    var arguments = new HashMap<String, String>();
    for (var argument : card.arguments()) {
      var value = given.get(argument.name());
      if (value instanceof String text && text.length() <= MOST_CHARACTERS) {
        arguments.put(argument.name(), text);
      } else if (value != null || argument.required()) {
        throw Errors.invalidParameters(
            "`%s` has to be a text of at most %d characters"
                .formatted(argument.name(), MOST_CHARACTERS));
      }
    }
    return arguments;
  }

  Future<CompleteResult> complete(CompleteRequest request, Call call) {
    var asker = Asker.of(call.caller());
    if (request.argument().value().length() > MOST_CHARACTERS) {
      throw Errors.invalidParameters("The value to complete is too long");
    }
    var wanted =
        new Completer.Wanted(
            reference(request),
            request.argument().name(),
            request.argument().value(),
            given(request),
            asker.principal());
    return completer
        .complete(wanted)
        .map(PromptFeatures::proposals)
        .recover(cause -> Future.failedFuture(McpProblems.error(cause, asker.requestId())));
  }

  private static CompleteResult proposals(List<String> all) {
    var first = all.subList(0, Math.min(all.size(), MOST_PROPOSALS));
    return new CompleteResult(
        new CompleteResult.CompleteCompletion(first, all.size(), all.size() > first.size()));
  }

  private static String reference(CompleteRequest request) {
    var reference =
        request.ref() instanceof PromptReference prompt
            ? prompt.name()
            : ((ResourceReference) request.ref()).uri();
    if (reference == null) {
      throw Errors.invalidParameters("`ref` has to name a prompt or a resource template");
    }
    return reference;
  }

  private static Map<String, String> given(CompleteRequest request) {
    return request.context() == null || request.context().arguments() == null
        ? Map.of()
        : request.context().arguments();
  }
}

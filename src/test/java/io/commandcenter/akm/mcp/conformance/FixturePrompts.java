package io.commandcenter.akm.mcp.conformance;

import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.PromptArgument;
import io.modelcontextprotocol.spec.McpSchema.PromptMessage;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.vertx.core.Future;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The prompts that the suite gets. */
final class FixturePrompts {
  private FixturePrompts() {}

  static List<Prompt> all() {
    return List.of(
        card("test_simple_prompt"),
        card("test_prompt_with_arguments", "arg1", "arg2"),
        card("test_prompt_with_embedded_resource", "resourceUri"),
        card("test_prompt_with_image"),
        card("test_input_required_result_prompt"));
  }

  static Future<Round<GetPromptResult>> get(String name, Map<String, Object> arguments, Call call) {
    return switch (name) {
      case "test_simple_prompt" -> says(Samples.text("This is a simple prompt for testing."));
      case "test_prompt_with_arguments" ->
          says(
              Samples.text(
                  "Prompt with arguments: arg1='%s', arg2='%s'"
                      .formatted(arguments.get("arg1"), arguments.get("arg2"))));
      case "test_prompt_with_embedded_resource" ->
          says(
              Samples.embedded(
                  (String) arguments.get("resourceUri"),
                  "text/plain",
                  "Embedded resource content for testing."),
              Samples.text("Please process the embedded resource above."));
      case "test_prompt_with_image" ->
          says(Samples.image(), Samples.text("Please analyze the image above."));
      case "test_input_required_result_prompt" -> inContext(call);
      default -> Future.failedFuture(unknown(name));
    };
  }

  private static Future<Round<GetPromptResult>> inContext(Call call) {
    return Asks.field(call, "user_context", "context")
        .map(context -> says(Samples.text("Context: " + context)))
        .orElseGet(
            () ->
                Results.needs(
                    Map.of(
                        "user_context",
                        Asks.form("What context should the prompt use?", "context", "string")),
                    null));
  }

  private static Prompt card(String name, String... arguments) {
    return Prompt.builder(name)
        .description("Fixture of the suite: " + name)
        .arguments(
            Arrays.stream(arguments)
                .map(
                    argument ->
                        PromptArgument.builder(argument)
                            .description(argument)
                            .required(true)
                            .build())
                .toList())
        .build();
  }

  private static Future<Round<GetPromptResult>> says(Content... contents) {
    var messages =
        Arrays.stream(contents)
            .map(content -> PromptMessage.builder(Role.USER, content).build())
            .toList();
    return Results.done(GetPromptResult.builder(messages).build());
  }

  private static McpError unknown(String name) {
    return McpError.builder(ErrorCodes.INVALID_PARAMS).message("Unknown prompt: " + name).build();
  }
}

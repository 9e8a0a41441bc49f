package io.commandcenter.akm.mcp.conformance;

import io.commandcenter.akm.mcp.transport.feature.Ask;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitFormRequest;
import io.modelcontextprotocol.spec.McpSchema.Role;
import io.modelcontextprotocol.spec.McpSchema.SamplingMessage;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the fixture asks of a client, and how it reads the answers. */
final class Asks {
  private Asks() {}

  /** A form of one field. */
  static Ask form(String message, String field, String type) {
    return form(
        message,
        Map.of(
            "type",
            "object",
            "properties",
            Map.of(field, Map.of("type", type)),
            "required",
            List.of(field)));
  }

  static Ask form(String message, Map<String, Object> schema) {
    return new Ask.Elicit(ElicitFormRequest.builder(message, schema).build());
  }

  static Ask sample(String question, int maxTokens) {
    var message = SamplingMessage.builder(Role.USER, TextContent.builder(question).build()).build();
    return new Ask.Sample(CreateMessageRequest.builder(List.of(message), maxTokens).build());
  }

  /** A field of a form that the person has filled in; empty as well when they refused. */
  static Optional<Object> field(Call call, String key, String field) {
    return Optional.ofNullable(call.answers().get(key))
        .map(answer -> answer.getValue("content"))
        .filter(JsonObject.class::isInstance)
        .map(content -> ((JsonObject) content).getValue(field));
  }

  /** The text that the client's model gave. */
  static Optional<String> sampled(Call call, String key) {
    return Optional.ofNullable(call.answers().get(key))
        .map(answer -> answer.getValue("content"))
        .filter(JsonObject.class::isInstance)
        .map(content -> ((JsonObject) content).getString("text"));
  }

  static Optional<Object> roots(Call call, String key) {
    return Optional.ofNullable(call.answers().get(key)).map(answer -> answer.getValue("roots"));
  }
}

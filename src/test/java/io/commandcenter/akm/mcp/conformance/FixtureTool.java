package io.commandcenter.akm.mcp.conformance;

import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** A tool with a name that the suite asks for. */
record FixtureTool(Tool card, Handler handler) {
  static final Map<String, Object> NO_ARGUMENTS = Map.of("type", "object", "properties", Map.of());

  interface Handler {
    Future<Round<CallToolResult>> call(Map<String, Object> arguments, Call call);
  }

  static FixtureTool of(String name, Handler handler) {
    return of(name, NO_ARGUMENTS, handler);
  }

  static FixtureTool of(String name, Map<String, Object> schema, Handler handler) {
    var card = Tool.builder(name, schema).description("Fixture of the suite: " + name).build();
    return new FixtureTool(card, handler);
  }

  /** A tool that takes one text. */
  static FixtureTool taking(String argument, String name, Handler handler) {
    var schema =
        Map.<String, Object>of(
            "type",
            "object",
            "properties",
            Map.of(argument, Map.of("type", "string")),
            "required",
            List.of(argument));
    return of(name, schema, handler);
  }
}

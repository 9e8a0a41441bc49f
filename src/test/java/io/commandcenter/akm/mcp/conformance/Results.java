package io.commandcenter.akm.mcp.conformance;

import io.commandcenter.akm.mcp.transport.feature.Ask;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Content;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** What a round of a tool may come to. */
final class Results {
  private Results() {}

  static Future<Round<CallToolResult>> text(String text) {
    return done(CallToolResult.builder().addTextContent(text).build());
  }

  static Future<Round<CallToolResult>> error(String text) {
    return done(CallToolResult.builder().addTextContent(text).isError(true).build());
  }

  static Future<Round<CallToolResult>> content(Content... content) {
    return done(CallToolResult.builder().content(List.of(content)).build());
  }

  /**
   * @param memory null for none
   */
  static <R> Future<Round<R>> needs(Map<String, Ask> requests, JsonObject memory) {
    return Future.succeededFuture(new Round.NeedsInput<>(requests, memory));
  }

  static <R> Future<Round<R>> done(R result) {
    return Future.succeededFuture(new Round.Done<>(result));
  }
}

package io.commandcenter.akm.bench;

import io.commandcenter.akm.mcp.tools.SchemaCheck;
import io.commandcenter.akm.mcp.transport.Errors;
import io.commandcenter.akm.mcp.transport.feature.Caching;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.commandcenter.akm.mcp.transport.feature.Features;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.commandcenter.akm.mcp.transport.feature.ServerCard;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.TextResourceContents;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;

/**
 * The echo behind our transport, and counters as resources: the tool {@code change} counts one of
 * them up and tells everyone who has subscribed to it.
 *
 * @param versions one for each resource
 * @param changed told the URI of what has changed
 */
record McpFeatures(AtomicLongArray versions, Consumer<String> changed) implements Features {
  static final String CHANGE = "change";
  private static final String COUNTER = "bench://counter/";

  static String counter(int index) {
    return COUNTER + index;
  }

  @Override
  public ServerCard card() {
    return new ServerCard("bench", "Bench", "1", "For measurements.", Set.of(), false);
  }

  @Override
  public List<McpSchema.Tool> tools(Caller caller) {
    return List.of(McpEcho.tool());
  }

  @Override
  public Future<Round<CallToolResult>> call(String tool, Map<String, Object> arguments, Call call) {
    if (tool.equals(McpEcho.NAME)) {
      SchemaCheck.check(McpEcho.INPUT, arguments);
      return Future.succeededFuture(new Round.Done<>(McpEcho.answer(arguments)));
    }
    if (!tool.equals(CHANGE)) {
      throw Errors.invalidParameters("There is no such tool");
    }
    int index = ((Number) arguments.get("index")).intValue();
    var version = Map.<String, Object>of("version", versions.incrementAndGet(index));
    changed.accept(counter(index));
    return Future.succeededFuture(
        new Round.Done<>(CallToolResult.builder().structuredContent(version).build()));
  }

  @Override
  public Future<Round<ReadResourceResult>> read(String uri, Call call) {
    if (!subscribable(uri, call.caller())) {
      throw McpError.RESOURCE_NOT_FOUND.apply(uri);
    }
    var version = Long.toString(versions.get(index(uri)));
    return Future.succeededFuture(
        new Round.Done<>(
            ReadResourceResult.builder(List.of(TextResourceContents.builder(uri, version).build()))
                .build()));
  }

  @Override
  public boolean subscribable(String uri, Caller caller) {
    return uri.startsWith(COUNTER) && index(uri) < versions.length();
  }

  private static int index(String uri) {
    return Integer.parseInt(uri.substring(COUNTER.length()));
  }

  @Override
  public List<McpSchema.Resource> resources(Caller caller) {
    return List.of();
  }

  @Override
  public List<McpSchema.ResourceTemplate> templates(Caller caller) {
    return List.of();
  }

  @Override
  public List<McpSchema.Prompt> prompts(Caller caller) {
    return List.of();
  }

  @Override
  public Future<Round<GetPromptResult>> prompt(
      String name, Map<String, Object> arguments, Call call) {
    throw Errors.invalidParameters("There is no such prompt");
  }

  @Override
  public Future<CompleteResult> complete(CompleteRequest request, Call call) {
    throw Errors.invalidParameters("There is nothing to complete");
  }

  @Override
  public Caching caching(String method) {
    return new Caching(0, false);
  }

  @Override
  public boolean secret(Object value) {
    return false;
  }
}

package io.commandcenter.akm.mcp.conformance;

import io.commandcenter.akm.mcp.transport.feature.Caching;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.commandcenter.akm.mcp.transport.feature.Features;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.commandcenter.akm.mcp.transport.feature.ServerCard;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult.CompleteCompletion;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.Prompt;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.modelcontextprotocol.spec.McpSchema.Resource;
import io.modelcontextprotocol.spec.McpSchema.ResourceTemplate;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Everything that the suite asks of a server. */
final class ConformanceFeatures implements Features {
  private static final List<String> WORDS = List.of("paris", "park", "party");

  private final Map<String, FixtureTool> tools = new LinkedHashMap<>();

  ConformanceFeatures(Vertx vertx, Changes changes) {
    Stream.of(
            ContentTools.all(),
            new StreamTools(vertx).all(),
            AskingTools.all(),
            RoundTools.all(),
            new ChangeTools(changes).all())
        .flatMap(List::stream)
        .forEach(tool -> tools.put(tool.card().name(), tool));
  }

  @Override
  public ServerCard card() {
    return new ServerCard(
        "conformance-fixture",
        "Conformance fixture",
        "1.0.0",
        "Answers the conformance suite.",
        Set.of("tools", "resources", "prompts"),
        true);
  }

  @Override
  public List<Tool> tools(Caller caller) {
    return tools.values().stream().map(FixtureTool::card).toList();
  }

  @Override
  public List<Resource> resources(Caller caller) {
    return FixtureResources.all();
  }

  @Override
  public List<ResourceTemplate> templates(Caller caller) {
    return FixtureResources.templates();
  }

  @Override
  public List<Prompt> prompts(Caller caller) {
    return FixturePrompts.all();
  }

  @Override
  public Future<Round<CallToolResult>> call(String tool, Map<String, Object> arguments, Call call) {
    var known = tools.get(tool);
    return known == null
        ? Future.failedFuture(
            McpError.builder(ErrorCodes.INVALID_PARAMS).message("Unknown tool: " + tool).build())
        : known.handler().call(arguments, call);
  }

  @Override
  public Future<Round<ReadResourceResult>> read(String uri, Call call) {
    return FixtureResources.read(uri);
  }

  @Override
  public Future<Round<GetPromptResult>> prompt(
      String name, Map<String, Object> arguments, Call call) {
    return FixturePrompts.get(name, arguments, call);
  }

  @Override
  public Future<CompleteResult> complete(CompleteRequest request, Call call) {
    var fitting =
        WORDS.stream().filter(word -> word.startsWith(request.argument().value())).toList();
    return Future.succeededFuture(
        new CompleteResult(new CompleteCompletion(fitting, fitting.size(), false)));
  }

  @Override
  public boolean subscribable(String uri, Caller caller) {
    return FixtureResources.all().stream().anyMatch(resource -> resource.uri().equals(uri));
  }

  @Override
  public Caching caching(String method) {
    return new Caching(60_000, true);
  }

  @Override
  public boolean secret(Object value) {
    return false;
  }
}

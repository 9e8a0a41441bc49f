package io.commandcenter.akm.mcp;

import io.commandcenter.akm.mcp.tools.KeyGuard;
import io.commandcenter.akm.mcp.transport.feature.Caching;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.commandcenter.akm.mcp.transport.feature.Features;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.commandcenter.akm.mcp.transport.feature.ServerCard;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What this server offers over MCP. */
record AkmFeatures(
    String version, ToolFeatures tools, ResourceFeatures resources, PromptFeatures prompts)
    implements Features {
  private static final long LISTS_TTL_MS = Duration.ofMinutes(5).toMillis();

  private static final String INSTRUCTIONS =
      """
      This server keeps API keys of AI providers sealed, routes requests to the best provider and \
      accounts for tokens and cost. Start with api://providers and api://routing to see what is \
      configured. Keys never pass through this conversation: add_api_key and rotate_key take the \
      name of an environment variable of the server, or answer with a one-time link for a person. \
      Never ask for a key and never put one into an argument; a key that was shown here is burned \
      and must be revoked at its provider. Costs are US dollars; budgets are monthly.""";

  @Override
  public ServerCard card() {
    return new ServerCard("akm", "API Key Manager", version, INSTRUCTIONS, Set.of(), false);
  }

  @Override
  public List<McpSchema.Tool> tools(Caller caller) {
    return tools.shownTo(caller);
  }

  @Override
  public List<McpSchema.Resource> resources(Caller caller) {
    return resources.shownTo(caller);
  }

  @Override
  public List<McpSchema.ResourceTemplate> templates(Caller caller) {
    return resources.templatesShownTo(caller);
  }

  @Override
  public List<McpSchema.Prompt> prompts(Caller caller) {
    return prompts.shown();
  }

  @Override
  public Future<Round<CallToolResult>> call(String tool, Map<String, Object> arguments, Call call) {
    return tools.call(tool, arguments, call);
  }

  @Override
  public Future<Round<ReadResourceResult>> read(String uri, Call call) {
    return resources.read(uri, call);
  }

  @Override
  public Future<Round<GetPromptResult>> prompt(
      String name, Map<String, Object> arguments, Call call) {
    return prompts.get(name, arguments, call);
  }

  @Override
  public Future<CompleteResult> complete(CompleteRequest request, Call call) {
    return prompts.complete(request, call);
  }

  @Override
  public boolean subscribable(String uri, Caller caller) {
    return resources.subscribable(uri, caller);
  }

  /** Lists depend on the caller's scope only; what is read is of the moment. */
  @Override
  public Caching caching(String method) {
    return new Caching(method.equals(McpSchema.METHOD_RESOURCES_READ) ? 0 : LISTS_TTL_MS, false);
  }

  @Override
  public boolean secret(Object value) {
    return KeyGuard.holdsKey(value);
  }
}

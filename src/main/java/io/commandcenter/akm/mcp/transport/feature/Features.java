package io.commandcenter.akm.mcp.transport.feature;

import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/**
 * A server's tools, resources, prompts and completions. Each method may be called on any event
 * loop; a failed future that holds an {@link io.modelcontextprotocol.spec.McpError} is answered as
 * it says, any other as an internal error without its text.
 */
public interface Features {
  ServerCard card();

  /** In a fixed order: what this caller may use. */
  List<McpSchema.Tool> tools(Caller caller);

  List<McpSchema.Resource> resources(Caller caller);

  List<McpSchema.ResourceTemplate> templates(Caller caller);

  List<McpSchema.Prompt> prompts(Caller caller);

  /** May be called for a tool that the caller was not shown: it has to refuse that itself. */
  Future<Round<CallToolResult>> call(String tool, Map<String, Object> arguments, Call call);

  Future<Round<ReadResourceResult>> read(String uri, Call call);

  Future<Round<GetPromptResult>> prompt(String name, Map<String, Object> arguments, Call call);

  Future<CompleteResult> complete(CompleteRequest request, Call call);

  /** Whether this caller may hear of changes of the resource. */
  boolean subscribable(String uri, Caller caller);

  /** How long, and for whom, the result of a method may be kept; asked for what can be cached. */
  Caching caching(String method);

  /** Whether a text must not get into any log or answer, for example because it holds a secret. */
  boolean secret(Object value);
}

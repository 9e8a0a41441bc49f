package io.commandcenter.akm.mcp.transport;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.commandcenter.akm.mcp.transport.feature.Caching;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.commandcenter.akm.mcp.transport.feature.Features;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.commandcenter.akm.mcp.transport.feature.ServerCard;
import io.modelcontextprotocol.json.jackson2.JacksonMcpJsonMapper;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.CompleteResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptResult;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.VertxModule;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** A server with the tools that a test gives it, and one resource that can be subscribed to. */
public final class ToolsOnly implements Features {
  public static final String WATCHED = "test://watched";

  private final Map<String, Function<Call, Future<Round<CallToolResult>>>> tools = new TreeMap<>();

  public ToolsOnly with(String name, Function<Call, Future<Round<CallToolResult>>> tool) {
    tools.put(name, tool);
    return this;
  }

  /** A round that ends with a text. */
  public static Future<Round<CallToolResult>> done(String text) {
    return Future.succeededFuture(
        new Round.Done<>(CallToolResult.builder().addTextContent(text).build()));
  }

  public StreamableHttp transport(
      Vertx vertx,
      TransportSettings settings,
      Function<RoutingContext, Caller> callers,
      LongSupplier nanoTime,
      Clock clock) {
    var json = new ObjectMapper().registerModule(new VertxModule());
    var mapper = new JacksonMcpJsonMapper(json);
    return new StreamableHttp(
        Wiring.of(vertx, mapper, settings, this, callers, nanoTime, clock, new SecureRandom()));
  }

  @Override
  public ServerCard card() {
    return new ServerCard(
        "test", "Test", "1", "For tests.", Set.of("tools", "prompts", "resources"), true);
  }

  @Override
  public List<McpSchema.Tool> tools(Caller caller) {
    return tools.keySet().stream()
        .map(name -> McpSchema.Tool.builder(name, Map.of("type", "object")).build())
        .toList();
  }

  @Override
  public List<McpSchema.Resource> resources(Caller caller) {
    return List.of(McpSchema.Resource.builder(WATCHED, "watched").build());
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
  public Future<Round<CallToolResult>> call(String tool, Map<String, Object> arguments, Call call) {
    var found = tools.get(tool);
    if (found == null) {
      throw Errors.invalidParameters("There is no such tool");
    }
    return found.apply(call);
  }

  @Override
  public Future<Round<ReadResourceResult>> read(String uri, Call call) {
    return Future.failedFuture(McpError.RESOURCE_NOT_FOUND.apply(uri));
  }

  @Override
  public Future<Round<GetPromptResult>> prompt(
      String name, Map<String, Object> arguments, Call call) {
    return Future.failedFuture(Errors.invalidParameters("There is no such prompt"));
  }

  @Override
  public Future<CompleteResult> complete(CompleteRequest request, Call call) {
    return Future.failedFuture(new IllegalStateException("a fault with secret words"));
  }

  @Override
  public boolean subscribable(String uri, Caller caller) {
    return uri.equals(WATCHED);
  }

  @Override
  public Caching caching(String method) {
    return new Caching(1000, false);
  }

  @Override
  public boolean secret(Object value) {
    return new JsonObject(Map.of("value", value == null ? "" : value)).encode().contains("sk-ant-");
  }
}

package io.commandcenter.akm.mcp.transport;

import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Features;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.CompleteRequest;
import io.modelcontextprotocol.spec.McpSchema.ListPromptsResult;
import io.modelcontextprotocol.spec.McpSchema.ListResourceTemplatesResult;
import io.modelcontextprotocol.spec.McpSchema.ListResourcesResult;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The requests that every lane answers, from what a server offers. */
public final class Methods {
  private interface Method {
    Future<? extends Round<?>> run(Parameters parameters, Call call);
  }

  private final Features features;
  private final McpJsonMapper mapper;
  private final Map<String, Method> methods;

  public Methods(Features features, McpJsonMapper mapper) {
    this.features = features;
    this.mapper = mapper;
    methods =
        Map.of(
            McpSchema.METHOD_TOOLS_LIST,
            list(call -> ListToolsResult.builder(features.tools(call.caller())).build()),
            McpSchema.METHOD_TOOLS_CALL,
            (given, call) -> features.call(given.text("name"), given.map("arguments"), call),
            McpSchema.METHOD_RESOURCES_LIST,
            list(call -> ListResourcesResult.builder(features.resources(call.caller())).build()),
            McpSchema.METHOD_RESOURCES_TEMPLATES_LIST,
            list(
                call ->
                    ListResourceTemplatesResult.builder(features.templates(call.caller())).build()),
            McpSchema.METHOD_RESOURCES_READ,
            (given, call) -> features.read(given.text("uri"), call),
            McpSchema.METHOD_PROMPT_LIST,
            list(call -> ListPromptsResult.builder(features.prompts(call.caller())).build()),
            McpSchema.METHOD_PROMPT_GET,
            (given, call) -> features.prompt(given.text("name"), given.map("arguments"), call),
            McpSchema.METHOD_COMPLETION_COMPLETE,
            (given, call) -> features.complete(completion(given), call).map(Round.Done::new));
  }

  public Set<String> names() {
    return methods.keySet();
  }

  /**
   * One round of a request.
   *
   * @return fails with whatever the features fail with; {@link Errors#of} makes an error of it
   */
  public Future<Round<?>> run(String method, Parameters parameters, Call call) {
    return Future.succeededFuture()
        .compose(v -> methods.get(method).run(parameters, call).map(round -> (Round<?>) round));
  }

  private static Method list(Function<Call, Object> listed) {
    return (given, call) -> {
      if (given.members().get("cursor") != null) {
        throw Errors.invalidParameters("`cursor` is none of this server's; leave it out");
      }
      return Future.succeededFuture(new Round.Done<>(listed.apply(call)));
    };
  }

  private CompleteRequest completion(Parameters given) {
    try {
      var request = mapper.convertValue(given.members(), CompleteRequest.class);
      if (request.ref() != null
          && request.argument() != null
          && request.argument().name() != null
          && request.argument().value() != null) {
        return request;
      }
    } catch (IllegalArgumentException malformed) {
      throw Errors.invalidParameters("`ref` has to be a prompt's name or a resource's template");
    }
    throw Errors.invalidParameters("`ref` and `argument` with name and value are needed");
  }
}

package io.commandcenter.akm.mcp.transport.stateless;

import io.commandcenter.akm.mcp.transport.Parameters;
import io.commandcenter.akm.mcp.transport.feature.Abilities;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * A request that says everything of itself: version, the client's capabilities, answers of an
 * earlier round.
 */
record StatelessRequest(Object id, String method, Parameters parameters) {
  static final String NAMESPACE = "io.modelcontextprotocol/";

  static StatelessRequest of(JSONRPCRequest request) {
    return new StatelessRequest(request.id(), request.method(), Parameters.of(request.params()));
  }

  /** Null without one. */
  String version() {
    return parameters.meta().get(NAMESPACE + "protocolVersion") instanceof String version
        ? version
        : null;
  }

  boolean declaresCapabilities() {
    return parameters.meta().get(NAMESPACE + "clientCapabilities") instanceof Map;
  }

  Abilities client() {
    var declared = Parameters.object(parameters.meta().get(NAMESPACE + "clientCapabilities"));
    var elicitation = declared.get("elicitation");
    boolean links = Parameters.object(elicitation).containsKey("url");
    boolean forms =
        elicitation instanceof Map
            && (Parameters.object(elicitation).containsKey("form") || !links);
    return new Abilities(
        forms, links, declared.containsKey("sampling"), declared.containsKey("roots"));
  }

  /** Null if it does not want any log messages. */
  String logLevel() {
    return parameters.meta().get(NAMESPACE + "logLevel") instanceof String level ? level : null;
  }

  /** What the {@code Mcp-Name} header has to repeat; null for methods that have nothing of it. */
  String name() {
    var member =
        switch (method) {
          case "tools/call", "prompts/get" -> "name";
          case "resources/read" -> "uri";
          default -> null;
        };
    return member != null && parameters.members().get(member) instanceof String name ? name : null;
  }

  /** Of the round before, by key; what is no object is left out. */
  Map<String, JsonObject> answers() {
    var answers = new HashMap<String, JsonObject>();
    Parameters.object(parameters.members().get("inputResponses"))
        .forEach(
            (key, answer) -> {
              if (answer instanceof Map) {
                answers.put(key, new JsonObject(Parameters.object(answer)));
              }
            });
    return answers;
  }

  /** Null in the first round. */
  Object state() {
    return parameters.members().get("requestState");
  }
}

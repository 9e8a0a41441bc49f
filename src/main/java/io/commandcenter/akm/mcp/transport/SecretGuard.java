package io.commandcenter.akm.mcp.transport;

import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_PARAMS;
import static io.modelcontextprotocol.spec.McpSchema.ErrorCodes.INVALID_REQUEST;

import io.commandcenter.akm.mcp.transport.feature.Features;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/** Refuses a message that holds a secret before a lane, the SDK or a log can see it. */
final class SecretGuard {
  private final Features features;
  private final Replies replies;

  SecretGuard(Features features, Replies replies) {
    this.features = features;
    this.replies = replies;
  }

  /**
   * True if it has refused the message. What a response holds is looked at by the lane that knows
   * who waits for it.
   */
  boolean refused(RoutingContext rc, JSONRPCMessage message) {
    if (message instanceof JSONRPCRequest request) {
      return refused(rc, request);
    }
    if (message instanceof JSONRPCResponse response && features.secret(response.id())) {
      replies.refuse(rc, 400, INVALID_REQUEST, "The id" + Errors.BURNED);
      return true;
    }
    if (message instanceof JSONRPCNotification told
        && (features.secret(told.method()) || features.secret(told.params()))) {
      replies.refuse(rc, 400, INVALID_REQUEST, "The notification" + Errors.BURNED);
      return true;
    }
    return false;
  }

  private boolean refused(RoutingContext rc, JSONRPCRequest request) {
    if (features.secret(request.id())) {
      // JSON-RPC wants the id repeated; not this one.
      replies.refuse(rc, 400, INVALID_REQUEST, "The id" + Errors.BURNED);
      return true;
    }
    if (features.secret(request.method())) {
      replies.refuse(rc, request.id(), 400, INVALID_REQUEST, "The method" + Errors.BURNED);
      return true;
    }
    if (features.secret(looked(request))) {
      replies.refuse(rc, request.id(), 200, INVALID_PARAMS, "A parameter" + Errors.BURNED);
      return true;
    }
    return false;
  }

  /**
   * A tool's arguments and its own {@code _meta} are looked into by whoever serves the tool, which
   * can say more of it; a {@code requestState} is random text until it was opened.
   */
  private static Object looked(JSONRPCRequest request) {
    if (!(request.params() instanceof Map)) {
      return request.params();
    }
    var members = new HashMap<>(Parameters.object(request.params()));
    members.remove("requestState");
    boolean served =
        request.method().equals(McpSchema.METHOD_TOOLS_CALL)
            && members.get("name") instanceof String
            && members.getOrDefault("arguments", Map.of()) instanceof Map
            && members.getOrDefault("_meta", Map.of()) instanceof Map;
    if (served) {
      members.remove("arguments");
      members.put("_meta", ofTheProtocol(members.get("_meta")));
    }
    return members;
  }

  /** What a lane looks at, and may refuse, before any tool does. */
  private static Map<String, Object> ofTheProtocol(Object meta) {
    var members = new HashMap<>(Parameters.object(meta));
    members.keySet().removeIf(name -> !name.startsWith("io.modelcontextprotocol/"));
    return members;
  }
}

package io.commandcenter.akm.mcp.transport;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * One JSON-RPC 2.0 message from text.
 *
 * <p>The SDK's own parser is not used: it writes the raw message to its debug log, with whatever
 * secret someone put into it.
 */
public final class JsonRpc {
  private static final TypeRef<Object> VALUE = new TypeRef<>() {};

  // An id is repeated in every answer, and kept while its request runs.
  private static final int MOST_ID = 256;

  private final McpJsonMapper mapper;

  public JsonRpc(McpJsonMapper mapper) {
    this.mapper = mapper;
  }

  /** What a text turned out to be. */
  public sealed interface Parsed {}

  public record Message(JSONRPCMessage message) implements Parsed {}

  /** JSON, but not one message; batches are, since 2025-06-18. */
  public record NoMessage() implements Parsed {}

  public record NoJson() implements Parsed {}

  public Parsed parse(String text) {
    try {
      var value = mapper.readValue(text, VALUE);
      return value instanceof Map<?, ?> members
          ? message(Parameters.object(members)).<Parsed>map(Message::new).orElseGet(NoMessage::new)
          : new NoMessage();
    } catch (IOException notJson) {
      return new NoJson();
    } catch (RuntimeException malformed) {
      return new NoMessage();
    }
  }

  public static JSONRPCResponse invalidParameters(Object requestId) {
    return JSONRPCResponse.error(
        requestId,
        new JSONRPCResponse.JSONRPCError(
            ErrorCodes.INVALID_PARAMS, "The parameters do not fit the method"));
  }

  /** The same response, as an error without its content: whoever waits for it waits no longer. */
  public static JSONRPCResponse emptied(JSONRPCResponse response) {
    return JSONRPCResponse.error(
        response.id(),
        new JSONRPCResponse.JSONRPCError(ErrorCodes.INVALID_REQUEST, "The response was refused"));
  }

  private Optional<JSONRPCMessage> message(Map<String, Object> members) {
    if (!"2.0".equals(members.get("jsonrpc"))) {
      return Optional.empty();
    }
    var id = members.get("id");
    boolean hasId =
        id instanceof Integer
            || id instanceof Long
            || id instanceof String text && text.length() <= MOST_ID;
    if (members.get("method") instanceof String method) {
      if (hasId) {
        return Optional.of(new JSONRPCRequest("2.0", method, id, members.get("params")));
      }
      return members.containsKey("id")
          ? Optional.empty()
          : Optional.of(new JSONRPCNotification("2.0", method, members.get("params")));
    }
    boolean answers = members.containsKey("result") != members.containsKey("error");
    return hasId && answers ? Optional.of(response(id, members)) : Optional.empty();
  }

  private JSONRPCResponse response(Object id, Map<String, Object> members) {
    var error = mapper.convertValue(members.get("error"), JSONRPCResponse.JSONRPCError.class);
    return new JSONRPCResponse("2.0", id, members.get("result"), error);
  }
}

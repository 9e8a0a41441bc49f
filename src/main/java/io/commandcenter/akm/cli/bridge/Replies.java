package io.commandcenter.akm.cli.bridge;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** What the bridge itself says to the client: JSON-RPC errors with what to do. */
final class Replies {
  static final int PARSE_ERROR = -32700;
  static final int INVALID_REQUEST = -32600;

  /** Of the range that JSON-RPC leaves to implementations. */
  static final int UNREACHABLE = -32000;

  private Replies() {}

  /**
   * @param id null if the message had none that could be read
   */
  static String error(Object id, int code, String message) {
    return error(id, new JsonObject().put("code", code).put("message", message));
  }

  /** The service's refusal of a request, under the request's own id. */
  static String refusal(Object id, int status, String body) {
    var json = object(body);
    if (json.getValue("error") instanceof JsonObject error && error.containsKey("code")) {
      return error(id, error);
    }
    var detail = json.getValue("detail") instanceof String said ? ": " + said : "";
    return error(id, UNREACHABLE, sentence(status) + detail);
  }

  private static String sentence(int status) {
    return switch (status) {
      case 401 ->
          "The service does not take the access token; set AKM_TOKEN or --token-file to a valid"
              + " one and start akm mcp again";
      case 403 -> "The access token's scope does not allow this";
      case 404, 405 -> "There is no MCP endpoint at this address; check AKM_URL or --url";
      case 429 -> "The service asks for fewer requests; try again in a minute";
      default -> "The service answered with HTTP " + status;
    };
  }

  private static String error(Object id, JsonObject error) {
    return new JsonObject().put("jsonrpc", "2.0").put("id", id).put("error", error).encode();
  }

  private static JsonObject object(String body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException | ClassCastException notJson) {
      return new JsonObject();
    }
  }
}

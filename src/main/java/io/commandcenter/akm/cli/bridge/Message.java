package io.commandcenter.akm.cli.bridge;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;

/** One line of the client, understood as far as carrying it needs. */
sealed interface Message {
  /**
   * @param id a String or a whole number
   * @param params empty if there are none
   * @param text as it came
   */
  record Request(Object id, String method, JsonObject params, Buffer text) implements Message {}

  record Notification(String method, JsonObject params, Buffer text) implements Message {}

  /** To a request of the service. */
  record Response(Buffer text) implements Message {}

  /**
   * @param id null if none could be read
   */
  record Malformed(Object id, int code, String reason) implements Message {}

  static Message of(Buffer line) {
    try {
      return of(new JsonObject(line), line);
    } catch (DecodeException | ClassCastException e) {
      return new Malformed(null, Replies.PARSE_ERROR, "A line must be one JSON-RPC message");
    }
  }

  private static Message of(JsonObject json, Buffer line) {
    var id = json.getValue("id");
    boolean named = id instanceof String || isWhole(id);
    if (!"2.0".equals(json.getValue("jsonrpc"))) {
      return invalid(named ? id : null, "jsonrpc must be \"2.0\"");
    }
    if (!(json.getValue("method") instanceof String method)) {
      return named && (json.containsKey("result") || json.containsKey("error"))
          ? new Response(line)
          : invalid(named ? id : null, "A message is a request, a notification or a response");
    }
    var params = json.getValue("params");
    if (params != null && !(params instanceof JsonObject)) {
      return invalid(named ? id : null, "params must be an object");
    }
    var given = params == null ? new JsonObject() : (JsonObject) params;
    if (!json.containsKey("id")) {
      return new Notification(method, given, line);
    }
    return named
        ? new Request(id, method, given, line)
        : invalid(null, "id must be a string or a whole number");
  }

  /** Whether a value can be a request's id, beside a text. */
  static boolean isWhole(Object id) {
    return id instanceof Integer || id instanceof Long || id instanceof BigInteger;
  }

  private static Malformed invalid(Object id, String reason) {
    return new Malformed(id, Replies.INVALID_REQUEST, reason);
  }
}

package io.commandcenter.akm.provider.wire;

import io.commandcenter.akm.contract.Failure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/** Pieces of JSON that a conversation carries as text. */
public final class Json {
  private Json() {}

  /**
   * A call's arguments.
   *
   * @throws Failure BAD_REQUEST if they are no JSON object
   */
  public static JsonObject arguments(String text) {
    try {
      return text.isBlank() ? new JsonObject() : new JsonObject(text);
    } catch (DecodeException | ClassCastException e) {
      throw Failure.badRequest("The arguments of a tool call must be a JSON object.");
    }
  }

  /** The JSON value of a text, or the text itself if it is none. */
  public static Object value(String text) {
    var trimmed = text.strip();
    try {
      return trimmed.startsWith("{")
          ? new JsonObject(trimmed)
          : trimmed.startsWith("[") ? new JsonArray(trimmed) : text;
    } catch (DecodeException e) {
      return text;
    }
  }

  /** A schema as an object's, which every provider wants. */
  public static JsonObject schema(Map<String, Object> schema) {
    var json = new JsonObject(schema).copy();
    if (!json.containsKey("type") && !json.containsKey("anyOf") && !json.containsKey("$ref")) {
      json.put("type", "object");
    }
    if ("object".equals(json.getValue("type")) && !json.containsKey("properties")) {
      json.put("properties", new JsonObject());
    }
    return json;
  }

  /**
   * The text behind base64.
   *
   * @throws Failure BAD_REQUEST if it is no base64
   */
  public static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Failure.badRequest("A document's data must be base64.");
    }
  }
}

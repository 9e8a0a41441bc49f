package io.commandcenter.akm.gateway.dialect;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.http.StrictJson;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** A call's arguments where they stand as text: a JSON object, as bounded as a body is. */
public final class CallArguments {
  private static final StrictJson JSON = new StrictJson(64);

  private CallArguments() {}

  /** As a caller sends them back; no text is no arguments. */
  public static String read(Fields call, String name) {
    var text = call.text(name);
    if (text == null || text.isBlank()) {
      return "{}";
    }
    try {
      JSON.object(Buffer.buffer(text));
      return text;
    } catch (Failure notAnObject) {
      throw call.refusal(name, "must be a JSON object as a string");
    }
  }

  /**
   * As a model wrote them. What is no JSON object, for example because it was cut, goes under
   * {@code INVALID_JSON}, as Anthropic tells its callers to name it.
   */
  public static JsonObject parsed(String text) {
    if (text == null || text.isBlank()) {
      return new JsonObject();
    }
    try {
      return JSON.object(Buffer.buffer(text));
    } catch (Failure cut) {
      return new JsonObject().put("INVALID_JSON", text);
    }
  }
}

package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.gateway.dialect.Fields;
import io.vertx.core.json.JsonObject;

/**
 * Gemini's mark on a call of a tool, which it wants back: {@code
 * extra_content.google.thought_signature}, where Google's own OpenAI-compatible API puts it.
 */
final class ThoughtSignature {
  private ThoughtSignature() {}

  /** Null if there is none. */
  static String read(Fields call) {
    var extra = call.object("extra_content");
    var google = extra == null ? null : extra.object("google");
    return google == null ? null : google.text("thought_signature");
  }

  static JsonObject written(String signature) {
    return new JsonObject().put("google", new JsonObject().put("thought_signature", signature));
  }
}

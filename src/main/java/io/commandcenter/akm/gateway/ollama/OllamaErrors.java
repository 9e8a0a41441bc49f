package io.commandcenter.akm.gateway.ollama;

import io.commandcenter.akm.contract.Failure;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;

/** Failures as {@code {"error": text}}. */
public final class OllamaErrors {
  private OllamaErrors() {}

  /** The body of an error answer. */
  public static Buffer of(Failure failure, String requestId) {
    return json(failure, requestId).toBuffer();
  }

  static JsonObject json(Failure failure, String requestId) {
    return new JsonObject().put("error", failure.detail() + " (request " + requestId + ")");
  }
}

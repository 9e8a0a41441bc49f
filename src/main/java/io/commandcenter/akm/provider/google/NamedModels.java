package io.commandcenter.akm.provider.google;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Google's bodies for embeddings and counts name the model once more, and it must be the path's.
 */
final class NamedModels {
  private static final String MODEL = "model";

  private NamedModels() {}

  /** The body with this model wherever it names one; else the caller's own bytes. */
  static Buffer in(Buffer body, String model) {
    var object = new JsonObject(body);
    boolean isNamed = name(object, model);
    if (object.getValue("generateContentRequest") instanceof JsonObject counted) {
      isNamed |= name(counted, model);
    }
    if (object.getValue("requests") instanceof JsonArray requests) {
      for (var request : requests) {
        isNamed |= request instanceof JsonObject one && name(one, model);
      }
    }
    return isNamed ? object.toBuffer() : body;
  }

  private static boolean name(JsonObject object, String model) {
    if (!object.containsKey(MODEL)) {
      return false;
    }
    object.put(MODEL, "models/" + model);
    return true;
  }
}

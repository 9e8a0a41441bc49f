package io.commandcenter.akm.gateway.openai;

import io.commandcenter.akm.gateway.dialect.ListedModel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}, as OpenAI shapes them. */
public final class OpenAiModels {
  private OpenAiModels() {}

  /** All in one list: this dialect has no pages. */
  public static Buffer list(List<ListedModel> models) {
    var data = new JsonArray();
    models.forEach(model -> data.add(json(model)));
    return new JsonObject().put("object", "list").put("data", data).toBuffer();
  }

  public static Buffer one(ListedModel model) {
    return json(model).toBuffer();
  }

  /** {@code created} is required by the dialect; providers do not tell it, so it is 0. */
  private static JsonObject json(ListedModel model) {
    return new JsonObject()
        .put("id", model.name())
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", model.owner());
  }
}

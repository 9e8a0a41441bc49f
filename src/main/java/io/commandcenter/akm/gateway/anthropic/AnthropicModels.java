package io.commandcenter.akm.gateway.anthropic;

import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.gateway.dialect.Fields;
import io.commandcenter.akm.gateway.dialect.ListedModel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** {@code GET /v1/models} and {@code GET /v1/models/{id}}, as Anthropic shapes them. */
public final class AnthropicModels {
  private static final int USUAL = 20;
  private static final int MOST = 1000;

  private AnthropicModels() {}

  /**
   * One page.
   *
   * @param limit 1 to 1000; null for 20
   * @param afterId begins behind this model; null from the first on
   * @param beforeId ends before this model; null for no such end
   * @throws Failure BAD_REQUEST that names the parameter
   */
  public static Buffer page(
      List<ListedModel> models, String limit, String afterId, String beforeId) {
    if (afterId != null && beforeId != null) {
      throw refusal("before_id", "cannot go with after_id; send one");
    }
    int most = limit(limit);
    int from = afterId == null ? 0 : place(models, "after_id", afterId) + 1;
    int to = models.size();
    if (beforeId == null) {
      to = Math.min(to, from + most);
    } else {
      to = place(models, "before_id", beforeId);
      from = Math.max(0, to - most);
    }
    var more = beforeId == null ? to < models.size() : from > 0;
    return page(models.subList(from, to), more).toBuffer();
  }

  public static Buffer one(ListedModel model) {
    return json(model).toBuffer();
  }

  private static JsonObject page(List<ListedModel> models, boolean more) {
    var data = new JsonArray();
    models.forEach(model -> data.add(json(model)));
    return new JsonObject()
        .put("data", data)
        .put("has_more", more)
        .put("first_id", models.isEmpty() ? null : models.get(0).name())
        .put("last_id", models.isEmpty() ? null : models.get(models.size() - 1).name());
  }

  /** What the dialect requires and no provider tells is the epoch, or null. */
  private static JsonObject json(ListedModel model) {
    return new JsonObject()
        .put("type", "model")
        .put("id", model.name())
        .put("display_name", model.name())
        .put("created_at", "1970-01-01T00:00:00Z")
        .put("lifecycle", "active")
        .putNull("deprecated_at")
        .putNull("retires_at")
        .putNull("line")
        .putNull("max_input_tokens")
        .putNull("max_tokens")
        .putNull("capabilities");
  }

  private static int limit(String limit) {
    if (limit == null) {
      return USUAL;
    }
    int most = limit.matches("[0-9]{1,4}") ? Integer.parseInt(limit) : 0;
    if (most < 1 || most > MOST) {
      throw refusal("limit", "must be from 1 to " + MOST);
    }
    return most;
  }

  private static int place(List<ListedModel> models, String name, String id) {
    for (int i = 0; i < models.size(); i++) {
      if (models.get(i).name().equals(id)) {
        return i;
      }
    }
    throw refusal(name, "is not a listed model; begin with the first page");
  }

  private static Failure refusal(String name, String what) {
    return Failure.badRequest("`" + name + "` " + what).with(Fields.PARAM, name);
  }
}

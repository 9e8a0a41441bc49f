package io.commandcenter.akm.gateway;

import io.commandcenter.akm.contract.RouterCalls.ProviderList;
import io.commandcenter.akm.contract.RouterCalls.ProviderView;
import io.commandcenter.akm.contract.RouterCalls.RoutingView;
import io.commandcenter.akm.core.grants.Grant;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** {@code GET /v1/models}: what may stand in {@code model}, of what the token may use. */
final class ModelList {
  private ModelList() {}

  static JsonObject of(ProviderList providers, RoutingView routing, Grant grant) {
    var models = new JsonArray().add(model(Model.AUTO, "akm"));
    routing.tasks().stream()
        .filter(task -> grant.allowsTask(task.task()))
        .forEach(task -> models.add(model(Model.TASK + task.task(), "akm")));
    providers.providers().stream()
        .filter(ProviderView::enabled)
        .forEach(
            provider ->
                provider.models().stream()
                    .filter(name -> grant.allows(provider.provider(), name))
                    .forEach(
                        name ->
                            models.add(
                                model(provider.provider() + "/" + name, provider.provider()))));
    return new JsonObject().put("object", "list").put("data", models);
  }

  /** {@code created} is required by the dialect; providers do not tell it, so it is 0. */
  private static JsonObject model(String id, String owner) {
    return new JsonObject()
        .put("id", id)
        .put("object", "model")
        .put("created", 0)
        .put("owned_by", owner);
  }
}

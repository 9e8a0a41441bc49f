package io.commandcenter.akm.simulator;

import io.commandcenter.akm.simulator.wire.Bearer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A stand-in for the admin APIs that make and revoke keys: OpenAI's project service accounts,
 * OpenRouter's keys, and Anthropic's keys, which can only be taken out of use.
 */
public final class SimulatedAdmin {
  private static final String HOST = "127.0.0.1";
  private static final int MOST_BYTES = 64 * 1024;

  private final String adminKey;
  private final Map<String, String> keys = new ConcurrentHashMap<>();
  private final Set<String> inactive = ConcurrentHashMap.newKeySet();
  private final List<String> names = new CopyOnWriteArrayList<>();
  private HttpServer server;

  private SimulatedAdmin(String adminKey) {
    this.adminKey = adminKey;
  }

  /**
   * @param adminKey the only key that may do anything here
   */
  public static Future<SimulatedAdmin> start(Vertx vertx, String adminKey) {
    var admin = new SimulatedAdmin(adminKey);
    var router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false).setBodyLimit(MOST_BYTES));
    router.route().handler(admin::gate);
    var accounts = "/v1/organization/projects/:project/service_accounts";
    router.post(accounts).handler(admin::makeAccount);
    router.delete(accounts + "/:id").handler(admin::delete);
    router.post("/api/v1/keys").handler(admin::makeKey);
    router.delete("/api/v1/keys/:id").handler(admin::delete);
    router.post("/v1/organizations/api_keys/:id").handler(admin::change);
    return vertx
        .createHttpServer(new HttpServerOptions().setHost(HOST).setPort(0))
        .requestHandler(router)
        .listen()
        .map(
            listening -> {
              admin.server = listening;
              return admin;
            });
  }

  public URI endpoint() {
    return URI.create("http://" + hostPort());
  }

  /** What stands in {@code allowed_private_hosts}. */
  public String hostPort() {
    return HOST + ":" + server.actualPort();
  }

  /** The keys that were made and not deleted since, by the name a deletion needs. */
  public Map<String, String> keys() {
    return Map.copyOf(keys);
  }

  /** What the made keys were named, in order. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** The ids that were taken out of use. */
  public Set<String> inactive() {
    return Set.copyOf(inactive);
  }

  public Future<Void> close() {
    return server.close();
  }

  private void gate(RoutingContext context) {
    if (isAdmin(context.request())) {
      context.next();
      return;
    }
    var error =
        new JsonObject()
            .put("code", "invalid_api_key")
            .put("message", "Incorrect API key provided");
    answer(context, 401, new JsonObject().put("error", error));
  }

  private boolean isAdmin(HttpServerRequest request) {
    return Bearer.of(request.headers()).filter(adminKey::equals).isPresent()
        || adminKey.equals(request.getHeader("x-api-key"));
  }

  private void makeAccount(RoutingContext context) {
    var id = "svc_acct_" + (names.size() + 1);
    var name = context.body().asJsonObject().getString("name");
    var key = remember(id, name, "sk-svcacct-");
    answer(
        context,
        200,
        new JsonObject()
            .put("object", "organization.project.service_account")
            .put("id", id)
            .put("name", name)
            .put("role", "member")
            .put("created_at", 1_711_471_533)
            .put(
                "api_key",
                new JsonObject()
                    .put("object", "organization.project.service_account.api_key")
                    .put("value", key)
                    .put("name", "Secret Key")
                    .put("created_at", 1_711_471_533)
                    .put("id", "key_of_" + id)));
  }

  private void makeKey(RoutingContext context) {
    var hash = "f01d52606dc8f0a8303a7b5cc3fa0710" + (names.size() + 1);
    var name = context.body().asJsonObject().getString("name");
    var key = remember(hash, name, "sk-or-v1-");
    var data =
        new JsonObject()
            .put("hash", hash)
            .put("name", name)
            .put("label", "sk-or-v1-f01...944")
            .put("disabled", false)
            .putNull("limit")
            .put("usage", 0);
    answer(context, 201, new JsonObject().put("data", data).put("key", key));
  }

  private String remember(String id, String name, String prefix) {
    names.add(name);
    var key = prefix + Integer.toHexString(names.size()).repeat(48);
    keys.put(id, key);
    return key;
  }

  private void delete(RoutingContext context) {
    var id = context.pathParam("id");
    boolean isKnown = keys.remove(id) != null;
    answer(context, isKnown ? 200 : 404, new JsonObject().put("id", id).put("deleted", isKnown));
  }

  private void change(RoutingContext context) {
    var id = context.pathParam("id");
    var status = context.body().asJsonObject().getString("status");
    if ("inactive".equals(status)) {
      inactive.add(id);
    }
    answer(
        context, 200, new JsonObject().put("id", id).put("type", "api_key").put("status", status));
  }

  private static void answer(RoutingContext context, int status, JsonObject body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader("content-type", "application/json")
        .end(body.encode());
  }
}

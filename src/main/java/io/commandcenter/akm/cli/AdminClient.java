package io.commandcenter.akm.cli;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;

/**
 * The REST admin API for the command line; its calls block, so they are for a person's own thread.
 */
final class AdminClient {
  private final WebClient client;
  private final String base;
  private final String token;

  AdminClient(Vertx vertx, String url, String token) {
    client =
        WebClient.create(
            vertx, new WebClientOptions().setFollowRedirects(false).setUserAgent("akm"));
    base = url + "/api/v1";
    this.token = token;
  }

  JsonObject get(String path) {
    return call(HttpMethod.GET, path, null);
  }

  JsonObject post(String path, JsonObject body) {
    return call(HttpMethod.POST, path, body);
  }

  private JsonObject call(HttpMethod method, String path, JsonObject body) {
    var request = client.requestAbs(method, base + path).bearerTokenAuthentication(token);
    var answer = (body == null ? request.send() : request.sendJsonObject(body)).await();
    var json = answer.bodyAsJsonObject();
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(
          json == null ? "HTTP " + answer.statusCode() : json.getString("detail"));
    }
    return json;
  }
}

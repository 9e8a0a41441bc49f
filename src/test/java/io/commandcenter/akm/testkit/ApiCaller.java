package io.commandcenter.akm.testkit;

import static io.commandcenter.akm.testkit.TestVertx.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;

/** Calls a running service with any token, or with none. */
public final class ApiCaller {
  private final WebClient client;
  private final String url;

  public ApiCaller(Vertx vertx, String url) {
    client = WebClient.create(vertx, new WebClientOptions().setFollowRedirects(false));
    this.url = url;
  }

  /**
   * @param token null for none
   * @param body null for none
   */
  public Future<HttpResponse<Buffer>> send(
      String token, HttpMethod method, String path, JsonObject body) {
    var request = client.requestAbs(method, url + path);
    if (token != null) {
      request.putHeader("Authorization", "Bearer " + token);
    }
    return body == null ? request.send() : request.sendJsonObject(body);
  }

  public HttpResponse<Buffer> call(String token, HttpMethod method, String path, JsonObject body) {
    return await(send(token, method, path, body));
  }

  public HttpResponse<Buffer> get(String token, String path) {
    return call(token, HttpMethod.GET, path, null);
  }

  public HttpResponse<Buffer> post(String token, String path, JsonObject body) {
    return call(token, HttpMethod.POST, path, body);
  }

  /** The answer's body; the test fails if the status is another. */
  public static JsonObject expect(int status, HttpResponse<Buffer> answer) {
    if (answer.statusCode() != status) {
      throw new AssertionError(answer.statusCode() + " " + answer.bodyAsString());
    }
    return answer.bodyAsJsonObject();
  }
}

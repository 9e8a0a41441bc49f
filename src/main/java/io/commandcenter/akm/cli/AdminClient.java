package io.commandcenter.akm.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.net.ConnectException;
import java.nio.file.Path;

/**
 * The REST admin API for the command line; its calls block, so they are for a person's own thread.
 */
final class AdminClient {
  private final Vertx vertx;
  private final WebClient client;
  private final String url;
  private final String token;

  /**
   * @param url of the service, without a trailing slash
   */
  AdminClient(Vertx vertx, String url, String token) {
    this.vertx = vertx;
    client =
        WebClient.create(
            vertx, new WebClientOptions().setFollowRedirects(false).setUserAgent("akm"));
    this.url = url;
    this.token = token;
  }

  JsonObject get(String path) {
    return json(call(HttpMethod.GET, path, null));
  }

  JsonObject post(String path, JsonObject body) {
    return json(call(HttpMethod.POST, path, body));
  }

  /**
   * The same with a body that was written elsewhere.
   *
   * @param body wiped by the caller
   */
  JsonObject postBytes(String path, byte[] body) {
    var request =
        client
            .requestAbs(HttpMethod.POST, url + "/api/v1" + path)
            .bearerTokenAuthentication(token)
            .putHeader("Content-Type", "application/json");
    return json(answered(request.sendBuffer(Buffer.buffer(body))));
  }

  JsonObject patch(String path, JsonObject body) {
    return json(call(HttpMethod.PATCH, path, body));
  }

  JsonObject put(String path, JsonObject body) {
    return json(call(HttpMethod.PUT, path, body));
  }

  JsonObject delete(String path) {
    return json(call(HttpMethod.DELETE, path, null));
  }

  /**
   * An answer that is no JSON.
   *
   * @param body null for none
   */
  Buffer bytes(HttpMethod method, String path, JsonObject body) {
    return call(method, path, body).body();
  }

  /**
   * Writes the answer of a POST to a file, never more of it in memory than the disk takes.
   *
   * @param file what it holds is written over
   */
  void download(String path, Path file) {
    var sink =
        vertx
            .fileSystem()
            .open(file.toString(), new OpenOptions().setTruncateExisting(true))
            .await();
    HttpResponse<Void> answer;
    try {
      answer =
          client
              .requestAbs(HttpMethod.POST, url + "/api/v1" + path)
              .bearerTokenAuthentication(token)
              .as(BodyCodec.pipe(sink))
              .send()
              .await();
    } catch (RuntimeException e) {
      sink.close();
      throw unreachable(e);
    }
    if (answer.statusCode() >= 300) {
      var problem = vertx.fileSystem().readFile(file.toString()).await();
      throw new IllegalStateException(refusal(answer.statusCode(), problem));
    }
  }

  private HttpResponse<Buffer> call(HttpMethod method, String path, JsonObject body) {
    var request =
        client.requestAbs(method, url + "/api/v1" + path).bearerTokenAuthentication(token);
    return answered(body == null ? request.send() : request.sendJsonObject(body));
  }

  private HttpResponse<Buffer> answered(Future<HttpResponse<Buffer>> asked) {
    HttpResponse<Buffer> answer;
    try {
      answer = asked.await();
    } catch (RuntimeException e) {
      throw unreachable(e);
    }
    if (answer.statusCode() >= 300) {
      throw new Refused(code(answer), refusal(answer.statusCode(), answer.body()));
    }
    return answer;
  }

  /** A problem's type, for example {@code sealed}; empty if the answer is none. */
  private static String code(HttpResponse<Buffer> answer) {
    try {
      var problem = answer.bodyAsJsonObject();
      var type = problem == null ? "" : problem.getString("type", "");
      return type.substring(type.lastIndexOf('/') + 1).replaceFirst("^.*[:#]", "");
    } catch (DecodeException | ClassCastException notAProblem) {
      return "";
    }
  }

  /** What the service would not do, in its own words. */
  static final class Refused extends IllegalStateException {
    private static final long serialVersionUID = 1;
    private final String code;

    private Refused(String code, String detail) {
      super(detail);
      this.code = code;
    }

    /** The failure's code, for example {@code sealed}. */
    String code() {
      return code;
    }
  }

  /** The service's own words, if the answer is one of its problems. */
  private static String refusal(int status, Buffer body) {
    try {
      var problem = body == null ? new JsonObject() : body.toJsonObject();
      if (problem.getString("detail") != null) {
        return problem.getString("detail");
      }
    } catch (DecodeException | ClassCastException notAProblem) {
      // Something else answered at this address.
    }
    return "the service answered with HTTP " + status;
  }

  private IllegalStateException unreachable(Throwable cause) {
    return new IllegalStateException(
        cause instanceof ConnectException || cause.getCause() instanceof ConnectException
            ? "no answer from " + url + ": is the service running?"
            : "no answer from " + url + ": " + cause.getMessage());
  }

  private static JsonObject json(HttpResponse<Buffer> answer) {
    return answer.body() == null ? new JsonObject() : answer.bodyAsJsonObject();
  }
}

package io.commandcenter.akm.http.oauth;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.TimeUnit;

/** Reads the issuer's JSON documents; each is small and comes soon, or is not taken. */
final class Documents {
  private static final int MAX_BYTES = 256 * 1024;
  private static final long PATIENCE_MS = 5_000;

  private final HttpClient client;

  Documents(Vertx vertx) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setConnectTimeout(3_000).setIdleTimeout(5),
            new PoolOptions().setHttp1MaxSize(2).setMaxWaitQueueSize(4));
  }

  /** Fails unless the answer is 200 and an object; redirects are not followed. */
  Future<JsonObject> get(URI uri) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(uri.toString())
            .setFollowRedirects(false)
            .putHeader("Accept", "application/json");
    return client
        .request(options)
        .compose(request -> request.send().compose(Documents::body))
        .timeout(PATIENCE_MS, TimeUnit.MILLISECONDS)
        .map(JsonObject::new);
  }

  private static Future<Buffer> body(HttpClientResponse response) {
    var whole = Promise.<Buffer>promise();
    response.exceptionHandler(whole::tryFail);
    if (response.statusCode() != 200) {
      response.request().reset();
      return Future.failedFuture(
          new IllegalStateException("it answered with HTTP " + response.statusCode()));
    }
    var collected = Buffer.buffer();
    response.endHandler(end -> whole.tryComplete(collected));
    response.handler(
        part -> {
          if (collected.length() + part.length() > MAX_BYTES) {
            response.request().reset();
            whole.tryFail(
                new IllegalStateException("a document has more than " + MAX_BYTES + " bytes"));
          } else {
            collected.appendBuffer(part);
          }
        });
    return whole.future();
  }
}

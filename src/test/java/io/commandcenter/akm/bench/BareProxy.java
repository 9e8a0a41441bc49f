package io.commandcenter.akm.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.PoolOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/**
 * The floor of this stack: what no gateway on Vert.x can leave out, and nothing else. The caller's
 * key is looked up by its SHA-256, model and stream are read from the body, the real key takes the
 * caller's place, the answer is passed on and its usage counted. No budget, no record, no choice.
 *
 * <p>Arguments: its port, the upstream's port.
 */
public final class BareProxy {
  static final String KEY = "bare-bench-key";

  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] USAGE = "\"total_tokens\":".getBytes(StandardCharsets.US_ASCII);

  private final HttpClient client;
  private final int upstream;
  private final MessageDigest digest;
  private final Map<String, String> keys;
  private long tokens;

  private BareProxy(HttpClient client, int upstream) throws NoSuchAlgorithmException {
    this.client = client;
    this.upstream = upstream;
    digest = MessageDigest.getInstance("SHA-256");
    keys = Map.of(hash(KEY), "Bearer " + MockUpstream.KEY);
  }

  public static void main(String[] arguments) throws NoSuchAlgorithmException {
    // One event loop: it is measured on one core, and its counters need no lock.
    var vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    var client =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAliveTimeout(60),
            new PoolOptions().setHttp1MaxSize(4096).setMaxWaitQueueSize(4096));
    var proxy = new BareProxy(client, Integer.parseInt(arguments[1]));
    vertx
        .createHttpServer(new HttpServerOptions().setAcceptBacklog(4096).setTcpNoDelay(true))
        .requestHandler(proxy::serve)
        .listen(Integer.parseInt(arguments[0]), "127.0.0.1")
        .await();
  }

  private void serve(HttpServerRequest request) {
    var bearer = request.getHeader("Authorization");
    var key = bearer == null ? null : keys.get(hash(bearer.substring("Bearer ".length())));
    if (key == null) {
      request.response().setStatusCode(401).end();
      return;
    }
    request.body().onSuccess(body -> forward(request, key, body));
  }

  private void forward(HttpServerRequest request, String key, Buffer body) {
    if (!namesAModel(body)) {
      request.response().setStatusCode(400).end();
      return;
    }
    var response = request.response();
    client
        .request(HttpMethod.POST, upstream, "127.0.0.1", request.uri())
        .compose(
            call ->
                call.putHeader("Authorization", key)
                    .putHeader("Content-Type", "application/json")
                    .send(body))
        .onSuccess(answer -> pass(answer, response))
        .onFailure(cause -> response.setStatusCode(502).end());
  }

  private void pass(HttpClientResponse answer, HttpServerResponse response) {
    var type = answer.getHeader("Content-Type");
    response.setStatusCode(answer.statusCode()).putHeader("Content-Type", type);
    if (!type.startsWith("text/event-stream")) {
      answer
          .body()
          .onSuccess(
              body -> {
                count(body);
                response.end(body);
              });
      return;
    }
    response.setChunked(true);
    answer.handler(
        bytes -> {
          count(bytes);
          response.write(bytes);
          if (response.writeQueueFull()) {
            answer.pause();
            response.drainHandler(v -> answer.resume());
          }
        });
    answer.endHandler(v -> response.end());
  }

  private static boolean namesAModel(Buffer body) {
    boolean model = false;
    try (var parser = JSON.createParser(body.getBytes())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        if (name.equals("model")) {
          model = !parser.getText().isEmpty();
        } else if (name.equals("stream")) {
          parser.getBooleanValue();
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      return false;
    }
    return model;
  }

  private void count(Buffer answer) {
    byte[] bytes = answer.getBytes();
    for (int i = bytes.length - USAGE.length; i >= 0; i--) {
      if (bytes[i] == '"' && startsAt(bytes, i)) {
        long total = 0;
        for (int at = i + USAGE.length; at < bytes.length && Character.isDigit(bytes[at]); at++) {
          total = total * 10 + bytes[at] - '0';
        }
        tokens += total;
        return;
      }
    }
  }

  private static boolean startsAt(byte[] bytes, int from) {
    for (int i = 0; i < USAGE.length; i++) {
      if (bytes[from + i] != USAGE[i]) {
        return false;
      }
    }
    return true;
  }

  private String hash(String key) {
    return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
  }
}

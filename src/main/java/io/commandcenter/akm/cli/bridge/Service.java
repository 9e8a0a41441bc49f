package io.commandcenter.akm.cli.bridge;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The running service's MCP endpoint. */
final class Service {
  private static final Consumer<HttpClientResponse> UNREAD = head -> {};

  private final HttpClient client;
  private final URI endpoint;
  private final String token;
  private final int maxMessage;

  /**
   * @param token never shown
   * @param maxOpen requests at a time
   * @param maxMessage bytes of one message of the service
   */
  Service(Vertx vertx, URI endpoint, String token, int maxOpen, int maxMessage) {
    client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout(5_000)
                // Longer than the longest heartbeat: an answer may be under way without a word.
                .setIdleTimeout(660)
                .setTcpKeepAlive(true)
                .setTcpNoDelay(true),
            // Each request has a connection of its own: a stream must not hold up a call.
            new PoolOptions().setHttp1MaxSize(maxOpen).setMaxWaitQueueSize(maxOpen));
    this.endpoint = endpoint;
    this.token = token;
    this.maxMessage = maxMessage;
  }

  /** For people: what to look at when it does not answer. */
  String address() {
    return endpoint.toString();
  }

  Exchange post(Map<String, String> headers, Buffer body, Function<String, Future<Void>> receiver) {
    return post(headers, body, new SseDecoder.Cursor(), UNREAD, receiver);
  }

  Exchange post(
      Map<String, String> headers,
      Buffer body,
      SseDecoder.Cursor cursor,
      Consumer<HttpClientResponse> head,
      Function<String, Future<Void>> receiver) {
    var exchange = new Exchange(maxMessage, cursor, receiver);
    var options =
        options(HttpMethod.POST, headers)
            .putHeader("Content-Type", "application/json")
            .putHeader("Accept", "application/json, text/event-stream");
    exchange.send(client.request(options), body, head);
    return exchange;
  }

  /** A listening stream, from where the cursor stands. */
  Exchange get(
      Map<String, String> headers,
      SseDecoder.Cursor cursor,
      Function<String, Future<Void>> receiver) {
    var exchange = new Exchange(maxMessage, cursor, receiver);
    var options = options(HttpMethod.GET, headers).putHeader("Accept", "text/event-stream");
    if (cursor.lastEventId != null) {
      options.putHeader("Last-Event-ID", cursor.lastEventId);
    }
    exchange.send(client.request(options), null, UNREAD);
    return exchange;
  }

  Future<Void> delete(Map<String, String> headers) {
    return client
        .request(options(HttpMethod.DELETE, headers))
        .compose(request -> request.send())
        .compose(HttpClientResponse::end);
  }

  private RequestOptions options(HttpMethod method, Map<String, String> headers) {
    return new RequestOptions()
        .setMethod(method)
        .setAbsoluteURI(endpoint.toString())
        .setFollowRedirects(false)
        .setHeaders(MultiMap.caseInsensitiveMultiMap().addAll(headers))
        .putHeader("Authorization", "Bearer " + token);
  }
}

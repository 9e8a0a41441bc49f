package io.commandcenter.akm.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Function;

/** Speaks with a server in sessions; an answer that comes as events is read like any other. */
final class McpClient {
  private final McpEndpoint endpoint;
  private final HttpClient requests;
  private final HttpClient streams;
  private int lastId;

  McpClient(Vertx vertx, McpEndpoint endpoint) {
    this.endpoint = endpoint;
    var options = new HttpClientOptions().setTcpNoDelay(true).setConnectTimeout(10_000);
    requests = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(64));
    streams = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(10_000));
  }

  /** A new session's id. */
  Future<String> open() {
    var params =
        new JsonObject()
            .put("protocolVersion", McpEndpoint.SESSIONS)
            .put("capabilities", new JsonObject())
            .put("clientInfo", new JsonObject().put("name", "bench").put("version", "1"));
    return send(requests, HttpMethod.POST, null, request("initialize", params), this::opened)
        .compose(
            session ->
                send(requests, HttpMethod.POST, session, initialized(), McpClient::done)
                    .map(session));
  }

  private Future<String> opened(HttpClientResponse response) {
    return response.body().map(body -> response.getHeader("Mcp-Session-Id"));
  }

  private static Optional<Buffer> initialized() {
    var message = new JsonObject().put("jsonrpc", "2.0").put("method", "notifications/initialized");
    return Optional.of(message.toBuffer());
  }

  /** The result of a request; fails with what the server says if it refuses. */
  Future<JsonObject> ask(String session, String method, JsonObject params) {
    return send(requests, HttpMethod.POST, session, request(method, params), McpClient::result);
  }

  private Optional<Buffer> request(String method, JsonObject params) {
    return Optional.of(Buffer.buffer(McpEndpoint.rpc(++lastId, method, params)));
  }

  private static Future<JsonObject> result(HttpClientResponse response) {
    return response
        .body()
        .map(
            body -> {
              var text = body.toString();
              int data = text.lastIndexOf("data: ");
              var answer = new JsonObject(data < 0 ? text : text.substring(data + 6));
              if (answer.getJsonObject("result") == null) {
                throw new IllegalStateException(text);
              }
              return answer.getJsonObject("result");
            });
  }

  /**
   * Listens on a connection of its own.
   *
   * @param reader attaches itself before the first byte can pass it by
   */
  Future<Void> listen(String session, Function<HttpClientResponse, Future<Void>> reader) {
    return send(streams, HttpMethod.GET, session, Optional.empty(), reader);
  }

  Future<Void> end(String session) {
    return send(requests, HttpMethod.DELETE, session, Optional.empty(), McpClient::done);
  }

  private static Future<Void> done(HttpClientResponse response) {
    return response.statusCode() / 100 == 2
        ? response.body().mapEmpty()
        : Future.failedFuture(response.statusCode() + " " + response.statusMessage());
  }

  private <T> Future<T> send(
      HttpClient client,
      HttpMethod method,
      String session,
      Optional<Buffer> body,
      Function<HttpClientResponse, Future<T>> reader) {
    var options =
        new RequestOptions()
            .setMethod(method)
            .setHost("127.0.0.1")
            .setPort(endpoint.port())
            .setURI(McpEndpoint.PATH)
            .setHeaders(endpoint.headers(session));
    return client
        .request(options)
        .compose(
            request ->
                (body.isPresent() ? request.send(body.get()) : request.send()).compose(reader));
  }

  Future<Void> close() {
    return Future.all(requests.close(), streams.close()).mapEmpty();
  }
}

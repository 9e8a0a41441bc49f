package io.commandcenter.akm.cli.bridge;

import static io.commandcenter.akm.testkit.TestVertx.await;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** An endpoint that keeps what it was sent and answers as the test says. */
final class RecordingService {
  final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final HttpServer server;
  private volatile BiConsumer<Received, HttpServerResponse> answers = RecordingService::result;

  /**
   * @param message null for a GET or a DELETE
   */
  record Received(String method, MultiMap headers, JsonObject message, HttpServerRequest request) {
    Object id() {
      return message.getValue("id");
    }

    HttpServerResponse response() {
      return request.response();
    }
  }

  RecordingService(Vertx vertx) {
    server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request -> request.body().onSuccess(body -> handle(request, body.toString())))
                .listen(0, "127.0.0.1"));
  }

  private void handle(HttpServerRequest request, String body) {
    var message = body.isEmpty() ? null : new JsonObject(body);
    var got = new Received(request.method().name(), request.headers(), message, request);
    answers.accept(got, request.response());
    received.add(got);
  }

  /** How requests are answered from now on; one that is not stays open. */
  void answer(BiConsumer<Received, HttpServerResponse> how) {
    answers = how;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.actualPort() + "/mcp");
  }

  Received next() throws InterruptedException {
    var got = received.poll(10, TimeUnit.SECONDS);
    if (got == null) {
      throw new AssertionError("no request came in time");
    }
    return got;
  }

  void stop() {
    await(server.close());
  }

  static void result(Received got, HttpServerResponse response) {
    if (got.message() == null || !got.message().containsKey("id")) {
      response.setStatusCode(202).end();
      return;
    }
    json(response, new JsonObject().put("method", got.message().getString("method")), got.id());
  }

  static void json(HttpServerResponse response, JsonObject result, Object id) {
    response.putHeader("Content-Type", "application/json").end(answer(id, result).encodePrettily());
  }

  static JsonObject answer(Object id, JsonObject result) {
    return new JsonObject().put("jsonrpc", "2.0").put("id", id).put("result", result);
  }

  static JsonObject notification(String data) {
    return new JsonObject()
        .put("jsonrpc", "2.0")
        .put("method", "notifications/message")
        .put("params", new JsonObject().put("data", data));
  }

  static HttpServerResponse stream(HttpServerResponse response) {
    return response.setChunked(true).putHeader("Content-Type", "text/event-stream");
  }

  static String event(String id, JsonObject message) {
    return (id == null ? "" : "id: " + id + "\n") + "data: " + message.encode() + "\n\n";
  }
}

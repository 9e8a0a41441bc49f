package io.commandcenter.akm.simulator;

import static io.commandcenter.akm.testkit.TestVertx.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Asks a simulated provider in its own format, and reads what comes over the wire. */
final class SimulatorCaller {
  private static final Map<String, String> CHATS =
      Map.of(
          "anthropic", "/v1/messages",
          "openai", "/v1/chat/completions",
          "google", "/v1beta/models/m:streamGenerateContent?alt=sse",
          "ollama", "/api/chat");

  private final Vertx vertx;
  private final HttpClient client;
  private final Simulator simulator;

  SimulatorCaller(Vertx vertx, Simulator simulator) {
    this.vertx = vertx;
    this.client = vertx.createHttpClient();
    this.simulator = simulator;
  }

  /** Everything happens on one event loop: a body must be asked for before it has passed. */
  private <T> Future<T> call(
      String name, String path, String body, Function<HttpClientResponse, Future<T>> read) {
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI("http://" + simulator.provider(name).hostPort() + path)
            .putHeader("anthropic-version", "2023-06-01")
            .putHeader("x-api-key", "k")
            .putHeader("x-goog-api-key", "k")
            .putHeader("authorization", "Bearer k");
    var answered = Promise.<T>promise();
    vertx.runOnContext(
        v ->
            client
                .request(options)
                .compose(request -> request.send(Buffer.buffer(body.replace('\'', '"'))))
                .compose(read)
                .onComplete(answered));
    return answered.future();
  }

  /** The whole body; the test fails if the stream breaks. */
  String text(String name, String path, String body) {
    return await(call(name, path, body, HttpClientResponse::body)).toString();
  }

  /** What arrived until the answer ended or broke. */
  String arrived(String name, String path, String body) {
    return await(
        call(
            name,
            path,
            body,
            response -> {
              var sofar = Buffer.buffer();
              response.handler(sofar::appendBuffer);
              return response.end().map(sofar).otherwise(sofar).map(Buffer::toString);
            }));
  }

  JsonObject json(String name, String path, String body) {
    return new JsonObject(text(name, path, body));
  }

  /** A streamed chat that says this, with more members of the body. */
  String stream(String name, String says, String more) {
    return text(name, CHATS.get(name), chat(name, says, more));
  }

  /** What arrived of a streamed chat until it ended or broke. */
  String streamed(String name, String says) {
    return arrived(name, CHATS.get(name), chat(name, says, ""));
  }

  /** A streamed chat of which nothing is read. */
  HttpClientResponse begin(String name, String says) {
    return await(
        call(
            name,
            CHATS.get(name),
            chat(name, says, ""),
            response -> Future.succeededFuture(response.exceptionHandler(failure -> {}))));
  }

  private static String chat(String name, String says, String more) {
    return switch (name) {
      case "google" ->
          "{'contents':[{'role':'user','parts':[{'text':'" + says + "'}]}]" + more + "}";
      case "ollama" ->
          "{'model':'m','messages':[{'role':'user','content':'" + says + "'}]" + more + "}";
      default ->
          "{'model':'m','stream':true,'max_tokens':1000,'messages':[{'role':'user','content':'"
              + says
              + "'}]"
              + more
              + "}";
    };
  }

  /** The JSON of each event or line; what is no JSON is left out. */
  static List<JsonObject> events(String stream) {
    var events = new ArrayList<JsonObject>();
    for (var line : stream.split("\r?\n")) {
      var data = line.startsWith("data: ") ? line.substring(6) : line;
      if (data.startsWith("{")) {
        events.add(new JsonObject(data));
      }
    }
    return events;
  }
}

package io.commandcenter.akm.mcp;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.lang.ref.Reference;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Speaks to an MCP endpoint byte by byte, as no well-behaved client would. */
final class RawMcp {
  static final String INITIALIZE =
      """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%s",\
      "capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}\
      """;
  private static final String END = "\u0000";

  private final HttpClient http;
  private final URI uri;
  private final MultiMap headers =
      MultiMap.caseInsensitiveMultiMap()
          .add("Accept", "application/json, text/event-stream")
          .add("Content-Type", "application/json");

  RawMcp(Vertx vertx, URI uri, String bearer) {
    // A connection that rested may just be closed when the next request wants it.
    http = vertx.createHttpClient(new HttpClientOptions().setKeepAlive(false));
    this.uri = uri;
    headers.set("Authorization", bearer);
  }

  record Answer(int status, MultiMap headers, String body) {
    JsonObject json() {
      return new JsonObject(body);
    }

    Integer error() {
      return json().getJsonObject("error").getInteger("code");
    }
  }

  /** Sets a header of every later request; null takes it away. */
  RawMcp with(String name, String value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.set(name, value);
    }
    return this;
  }

  /** Adds one more header of this name to every later request. */
  RawMcp and(String name, String value) {
    headers.add(name, value);
    return this;
  }

  String header(String name) {
    return headers.get(name);
  }

  /** Initializes a session that later requests belong to. */
  RawMcp session(String version) throws TimeoutException {
    return with(
        "Mcp-Session-Id", post(INITIALIZE.formatted(version)).headers().get("Mcp-Session-Id"));
  }

  RawMcp session() throws TimeoutException {
    return session("2025-11-25");
  }

  static String request(Object id, String method, String parameters) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\",\"params\":%s}"
        .formatted(id, method, parameters);
  }

  static String call(Object id, String tool, JsonObject arguments) {
    return request(
        id, "tools/call", new JsonObject().put("name", tool).put("arguments", arguments).encode());
  }

  Answer post(String body) throws TimeoutException {
    return send(HttpMethod.POST, body);
  }

  Answer post(byte[] body) throws TimeoutException {
    return exchange(HttpMethod.POST, Buffer.buffer(body), RawMcp::whole)
        .await(10, TimeUnit.SECONDS);
  }

  Answer send(HttpMethod method, String body) throws TimeoutException {
    return exchange(method, buffer(body), RawMcp::whole).await(10, TimeUnit.SECONDS);
  }

  private static Buffer buffer(String body) {
    return body == null ? null : Buffer.buffer(body);
  }

  Stream open(HttpMethod method, String body, Map<String, String> more) throws TimeoutException {
    more.forEach(this::with);
    return exchange(
            method, buffer(body), response -> Future.succeededFuture(new Stream(http, response)))
        .await(10, TimeUnit.SECONDS);
  }

  private static Future<Answer> whole(HttpClientResponse response) {
    return response
        .body()
        .map(text -> new Answer(response.statusCode(), response.headers(), text.toString()));
  }

  /** The reader is attached on the event loop, before a part of the body can pass it by. */
  private <T> Future<T> exchange(
      HttpMethod method, Buffer body, Function<HttpClientResponse, Future<T>> reader) {
    var options =
        new RequestOptions()
            .setMethod(method)
            .setHost(uri.getHost())
            .setPort(uri.getPort())
            .setURI(uri.getPath())
            .setHeaders(MultiMap.caseInsensitiveMultiMap().addAll(headers));
    return http.request(options)
        .compose(request -> (body == null ? request.send() : request.send(body)).compose(reader))
        .onComplete(done -> Reference.reachabilityFence(http));
  }

  /** An answer that is read while it comes. */
  static final class Stream {
    final HttpClientResponse response;
    // A client that nobody holds is closed, with its connections.
    private final HttpClient client;
    private final BlockingQueue<String> parts = new LinkedBlockingQueue<>();
    private final StringBuilder seen = new StringBuilder();

    Stream(HttpClient client, HttpClientResponse response) {
      this.client = client;
      this.response = response;
      response.handler(part -> parts.add(part.toString()));
      response.endHandler(end -> parts.add(END));
      response.exceptionHandler(gone -> parts.add(END));
    }

    /** Everything up to now, as soon as it holds {@code text}. */
    String await(String text) {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (seen.indexOf(text) < 0) {
        var part = next(deadline);
        if (part.equals(END)) {
          throw new AssertionError("ended without " + text + ": " + seen);
        }
        seen.append(part);
      }
      return seen.toString();
    }

    /** Everything until the server ended it. */
    String awaitEnd() {
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      for (var part = next(deadline); !part.equals(END); part = next(deadline)) {
        seen.append(part);
      }
      return seen.toString();
    }

    String lastEventId() {
      var ids = Pattern.compile("id: (\\S+)").matcher(seen);
      return ids.results().reduce((first, second) -> second).orElseThrow().group(1);
    }

    void drop() {
      response.request().connection().close();
      Reference.reachabilityFence(client);
    }

    private String next(long deadline) {
      try {
        var part = parts.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (part == null) {
          throw new AssertionError("nothing more in time: " + seen);
        }
        return part;
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}

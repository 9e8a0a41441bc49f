package io.commandcenter.akm.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.JsonObject;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/**
 * A session that listens and has subscribed to one resource. Told of a change, it reads the
 * resource, as clients do: the version it sees is what it knows. While a read is on its way, any
 * number of notifications lead to one more. Lives on one event loop.
 */
final class McpListener {
  private static final Pattern EVENT = Pattern.compile("(?m)^id: \\S+_(\\d+)$");

  private final McpClient client;
  private final String session;
  private final McpCounter counter;
  private final boolean reads;
  private final LongConsumer lag;
  private final StringBuilder held = new StringBuilder();
  private boolean reading;
  private boolean again;
  private boolean ended;
  private long lastEvent;
  private int seen;
  private long heard;
  private long disordered;
  private long failed;

  /**
   * @param reads whether the counter is one whose versions are known
   * @param lag told, for every change, the nanoseconds until its version was seen
   */
  McpListener(
      McpClient client, String session, McpCounter counter, boolean reads, LongConsumer lag) {
    this.client = client;
    this.session = session;
    this.counter = counter;
    this.reads = reads;
    this.lag = lag;
  }

  /** Listens, then subscribes. */
  Future<McpListener> start() {
    return client
        .listen(session, this::attach)
        .compose(v -> client.ask(session, "resources/subscribe", uri()))
        .map(this);
  }

  private Future<Void> attach(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      return Future.failedFuture("cannot listen: " + response.statusCode());
    }
    response.handler(this::read).endHandler(v -> ended = true).exceptionHandler(e -> ended = true);
    return Future.succeededFuture();
  }

  private void read(Buffer part) {
    held.append(part);
    for (int end = held.indexOf("\n\n"); end >= 0; end = held.indexOf("\n\n")) {
      event(held.substring(0, end));
      held.delete(0, end + 2);
    }
  }

  /** A comment has no number; numbers have no gaps. */
  private void event(String text) {
    var number = EVENT.matcher(text);
    if (number.find()) {
      long event = Long.parseLong(number.group(1));
      disordered += event == lastEvent + 1 ? 0 : 1;
      lastEvent = event;
    }
    if (text.contains("notifications/resources/updated") && text.contains(counter.uri())) {
      heard++;
      if (reads) {
        look();
      }
    }
  }

  private void look() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    client
        .ask(session, "resources/read", uri())
        .onSuccess(McpListener.this::saw)
        .onFailure(cause -> failed++)
        .onComplete(
            v -> {
              reading = false;
              if (again) {
                again = false;
                look();
              }
            });
  }

  private void saw(JsonObject result) {
    int version =
        Integer.parseInt(result.getJsonArray("contents").getJsonObject(0).getString("text"));
    disordered += version < seen ? 1 : 0;
    long now = System.nanoTime();
    while (seen < version) {
      lag.accept(now - counter.changedAt(++seen));
    }
  }

  private JsonObject uri() {
    return new JsonObject().put("uri", counter.uri());
  }

  /** Ends the session; its stream has to end with it. */
  Future<Void> end() {
    return client.end(session);
  }

  String session() {
    return session;
  }

  boolean ended() {
    return ended;
  }

  /** Changes that it has not heard of by now. */
  int missing() {
    return counter.version() - seen;
  }

  long told() {
    return counter.version();
  }

  long heard() {
    return heard;
  }

  long disordered() {
    return disordered;
  }

  long failed() {
    return failed;
  }
}

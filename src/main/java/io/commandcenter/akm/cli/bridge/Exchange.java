package io.commandcenter.akm.cli.bridge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One HTTP request and its answer, handed on message by message as it comes. What the answer says
 * is read no faster than the client takes it.
 */
final class Exchange {
  private final int maxMessage;
  private final SseDecoder.Cursor cursor;
  private final Function<String, Future<Void>> receiver;
  private final Promise<End> ended = Promise.promise();
  private HttpClientRequest request;
  private boolean aborted;

  /**
   * How it ended.
   *
   * @param body of a refusal, else empty
   */
  record End(int status, String body) {
    boolean refused() {
      return status >= 300;
    }
  }

  /**
   * @param receiver takes each message; done when there is room for the next
   */
  Exchange(int maxMessage, SseDecoder.Cursor cursor, Function<String, Future<Void>> receiver) {
    this.maxMessage = maxMessage;
    this.cursor = cursor;
    this.receiver = receiver;
  }

  /** Fails if no whole answer came. */
  Future<End> ended() {
    return ended.future();
  }

  /** Whether the service was reached at all. */
  boolean connected() {
    return request != null;
  }

  /** Closes the connection, which is how a request is cancelled from 2026-07-28 on. */
  void abort() {
    aborted = true;
    if (request != null) {
      request.reset();
    }
    ended.tryFail("cancelled");
  }

  /**
   * @param head told of the answer's headers before any of its messages
   * @param body null for none
   */
  void send(Future<HttpClientRequest> connecting, Buffer body, Consumer<HttpClientResponse> head) {
    connecting
        .compose(
            connected -> {
              request = connected;
              if (aborted) {
                connected.reset();
                return Future.failedFuture("cancelled");
              }
              return body == null ? connected.send() : connected.send(body);
            })
        .onSuccess(
            response -> {
              head.accept(response);
              read(response);
            })
        .onFailure(ended::tryFail);
  }

  private void read(HttpClientResponse response) {
    response.exceptionHandler(ended::tryFail);
    var type = response.getHeader("Content-Type");
    if (response.statusCode() == 200 && type != null && type.startsWith("text/event-stream")) {
      var events = new SseDecoder(maxMessage, cursor);
      response.endHandler(end -> ended.tryComplete(new End(200, "")));
      response.handler(piece -> pass(response, events, piece));
      return;
    }
    var collected = Buffer.buffer();
    response.endHandler(end -> whole(response, collected.toString()));
    response.handler(
        piece -> {
          if (collected.length() + piece.length() > maxMessage) {
            giveUp(new IllegalStateException("the answer is longer than can be passed on"));
          } else {
            collected.appendBuffer(piece);
          }
        });
  }

  private void pass(HttpClientResponse response, SseDecoder events, Buffer piece) {
    try {
      var messages = events.feed(piece);
      if (!messages.isEmpty()) {
        response.pause();
        Future.all(messages.stream().map(receiver).toList()).onComplete(taken -> response.resume());
      }
    } catch (IllegalStateException tooLong) {
      giveUp(tooLong);
    }
  }

  private void whole(HttpClientResponse response, String body) {
    var end = new End(response.statusCode(), response.statusCode() >= 300 ? body : "");
    if (end.refused() || body.isBlank()) {
      ended.tryComplete(end);
    } else {
      receiver.apply(body).onComplete(taken -> ended.tryComplete(end));
    }
  }

  private void giveUp(IllegalStateException cause) {
    request.reset();
    ended.tryFail(cause);
  }
}

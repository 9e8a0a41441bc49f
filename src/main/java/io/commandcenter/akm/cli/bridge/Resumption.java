package io.commandcenter.akm.cli.bridge;

import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Goes on with the answer to a request where its stream broke off or the service closed it. */
final class Resumption {
  private static final int MOST_ATTEMPTS = 8;

  private final Vertx vertx;
  private final Service service;
  private final Client client;
  private final Consumer<Map<String, String>> gone;

  /**
   * @param gone told if the service does not know the session of these headers
   */
  Resumption(Vertx vertx, Service service, Client client, Consumer<Map<String, String>> gone) {
    this.vertx = vertx;
    this.service = service;
    this.client = client;
    this.gone = gone;
  }

  /** Sees to it that the request gets its answer, from this exchange or from later ones. */
  void follow(
      OpenRequest open, Exchange exchange, SseDecoder.Cursor cursor, Map<String, String> headers) {
    follow(open, exchange, cursor, headers, 0);
  }

  private void follow(
      OpenRequest open,
      Exchange exchange,
      SseDecoder.Cursor cursor,
      Map<String, String> headers,
      int failures) {
    open.abortWith(exchange::abort);
    var before = cursor.lastEventId;
    exchange
        .ended()
        .onSuccess(
            end -> {
              if (end.status() == 404) {
                gone.accept(headers);
              }
              if (end.refused() || !mayGoOn(cursor, failures)) {
                client.fail(open, Endings.unanswered(open, end));
              } else {
                again(open, cursor, headers, next(before, cursor, failures));
              }
            })
        .onFailure(
            cause -> {
              if (cause instanceof IllegalStateException || !mayGoOn(cursor, failures)) {
                client.fail(open, Endings.broken(open, service, exchange, cause));
              } else {
                again(open, cursor, headers, next(before, cursor, failures));
              }
            });
  }

  /** Without the id of an event there is nothing to go on from. */
  private static boolean mayGoOn(SseDecoder.Cursor cursor, int failures) {
    return cursor.lastEventId != null && failures < MOST_ATTEMPTS;
  }

  private static int next(String before, SseDecoder.Cursor cursor, int failures) {
    return Objects.equals(before, cursor.lastEventId) ? failures + 1 : 0;
  }

  private void again(
      OpenRequest open, SseDecoder.Cursor cursor, Map<String, String> headers, int failures) {
    if (!client.awaits(open)) {
      return;
    }
    var timer =
        vertx.setTimer(
            BackOff.millis(cursor.retryMs, failures),
            t ->
                follow(
                    open,
                    service.get(headers, cursor, client::receive),
                    cursor,
                    headers,
                    failures));
    open.abortWith(() -> vertx.cancelTimer(timer));
  }
}

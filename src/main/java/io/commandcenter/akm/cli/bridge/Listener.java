package io.commandcenter.akm.cli.bridge;

import io.vertx.core.Vertx;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The stream on which a service tells a session what no request asked for; opened ever again. */
final class Listener {
  private static final Logger log = LoggerFactory.getLogger(Listener.class);

  private final Vertx vertx;
  private final Service service;
  private final Client client;
  private final Consumer<Map<String, String>> gone;
  private Exchange current;
  private int generation;

  /**
   * @param gone told if the service does not know the session of these headers
   */
  Listener(Vertx vertx, Service service, Client client, Consumer<Map<String, String>> gone) {
    this.vertx = vertx;
    this.service = service;
    this.client = client;
    this.gone = gone;
  }

  void open(Map<String, String> headers) {
    close();
    listen(headers, new SseDecoder.Cursor(), generation, 0);
  }

  void close() {
    generation++;
    if (current != null) {
      current.abort();
      current = null;
    }
  }

  private void listen(
      Map<String, String> headers, SseDecoder.Cursor cursor, int mine, int failures) {
    if (mine != generation) {
      return;
    }
    var exchange = service.get(headers, cursor, client::receive);
    current = exchange;
    exchange
        .ended()
        .onSuccess(
            end -> {
              if (end.status() == 404 && mine == generation) {
                gone.accept(headers);
              } else if (end.refused()) {
                // 405: this service tells nothing unasked.
                log.debug("no listening stream: HTTP {}", end.status());
              } else {
                later(headers, cursor, mine, 0);
              }
            })
        .onFailure(broken -> later(headers, cursor, mine, exchange.connected() ? 0 : failures + 1));
  }

  private void later(
      Map<String, String> headers, SseDecoder.Cursor cursor, int mine, int failures) {
    vertx.setTimer(
        BackOff.millis(cursor.retryMs, failures), t -> listen(headers, cursor, mine, failures));
  }
}

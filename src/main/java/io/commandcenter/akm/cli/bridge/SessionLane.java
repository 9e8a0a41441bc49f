package io.commandcenter.akm.cli.bridge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revisions with a session (2025-03-26 to 2025-11-25). The bridge keeps its id and its revision
 * in the client's place; a session that the service has ended cannot be carried on.
 *
 * <p>See https://modelcontextprotocol.io/specification/2025-11-25/basic/transports
 */
final class SessionLane {
  private static final Logger log = LoggerFactory.getLogger(SessionLane.class);
  private static final String SESSION = "Mcp-Session-Id";
  private static final String OVER =
      "The service no longer knows this session: it was restarted, or nothing was asked for too"
          + " long; reconnect this MCP server";

  private final Service service;
  private final Client client;
  private final Resumption resumption;
  private final Listener listener;
  private Map<String, String> headers = Map.of();
  private boolean over;

  /** The client may not wait for it, but the service wants to hear of it first. */
  private Future<Void> initialized = Future.succeededFuture();

  SessionLane(Vertx vertx, Service service, Client client) {
    this.service = service;
    this.client = client;
    resumption = new Resumption(vertx, service, client, this::end);
    listener = new Listener(vertx, service, client, this::end);
  }

  void request(OpenRequest open, Message.Request request) {
    if (request.method().equals("initialize")) {
      initialize(open, request);
    } else {
      initialized.onComplete(
          told -> {
            if (over) {
              client.fail(open, Endings.error(open, OVER));
            } else if (client.awaits(open)) {
              post(open, request, head -> {}, client::receive);
            }
          });
    }
  }

  /** Done when the service has taken it, or will not. */
  Future<Void> notify(Message.Notification notification) {
    var taken = initialized.transform(told -> send(notification.text()));
    if (notification.method().equals("notifications/initialized")) {
      initialized = taken.timeout(10, TimeUnit.SECONDS).otherwiseEmpty();
      initialized.onComplete(told -> listen());
    }
    return taken;
  }

  Future<Void> respond(Message.Response response) {
    return send(response.text());
  }

  /** Ends the session at the service too. */
  Future<Void> close() {
    listener.close();
    if (headers.isEmpty() || over) {
      return Future.succeededFuture();
    }
    over = true;
    return service.delete(headers).timeout(2, TimeUnit.SECONDS).otherwiseEmpty();
  }

  private void initialize(OpenRequest open, Message.Request request) {
    close();
    headers = Map.of();
    over = false;
    initialized = Future.succeededFuture();
    post(
        open,
        request,
        this::remember,
        message -> {
          rememberRevision(message);
          return client.receive(message);
        });
  }

  private void remember(HttpClientResponse head) {
    var id = head.getHeader(SESSION);
    if (id != null && head.statusCode() == 200) {
      headers = Map.of(SESSION, id);
    }
  }

  /** Before the client hears of it: its next request must carry it. */
  private void rememberRevision(String message) {
    try {
      if (new JsonObject(message).getValue("result") instanceof JsonObject result
          && result.getValue("protocolVersion") instanceof String revision
          && revision.matches("[0-9-]{1,20}")) {
        var more = new LinkedHashMap<>(headers);
        more.put("MCP-Protocol-Version", revision);
        headers = Map.copyOf(more);
      }
    } catch (DecodeException | ClassCastException notJson) {
      log.debug("the answer to initialize is no JSON object");
    }
  }

  private void post(
      OpenRequest open,
      Message.Request request,
      Consumer<HttpClientResponse> head,
      Function<String, Future<Void>> receiver) {
    var cursor = new SseDecoder.Cursor();
    var ours = headers;
    var exchange = service.post(ours, request.text(), cursor, head, receiver);
    resumption.follow(open, exchange, cursor, ours);
  }

  private Future<Void> send(Buffer text) {
    if (over) {
      return Future.succeededFuture();
    }
    var ours = headers;
    var exchange = service.post(ours, text, client::receive);
    return exchange
        .ended()
        .onSuccess(
            end -> {
              if (end.status() == 404) {
                end(ours);
              } else if (end.refused()) {
                log.warn("the service refused a message with HTTP {}", end.status());
              }
            })
        .onFailure(cause -> log.warn("a message did not reach {}", service.address()))
        .mapEmpty();
  }

  private void listen() {
    if (!headers.isEmpty() && !over) {
      listener.open(headers);
    }
  }

  /** A 404: the service has ended the session of these headers. */
  private void end(Map<String, String> of) {
    if (of.equals(headers) && !of.isEmpty() && !over) {
      over = true;
      listener.close();
      log.warn("the session is over: {}", OVER);
      client.failAll(OpenRequest::ofSession, OVER);
    }
  }
}

package io.commandcenter.akm.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Ends requests, each at most once. */
public final class Answers {
  private Answers() {}

  public static void send(
      RoutingContext rc, int status, String contentType, Map<String, String> headers, String body) {
    send(rc, status, contentType, headers, Buffer.buffer(body));
  }

  /**
   * Ends the request; does nothing if it was answered already or the client has left. A request
   * whose body was not read takes its connection with it.
   */
  public static void send(
      RoutingContext rc, int status, String contentType, Map<String, String> headers, Buffer body) {
    var response = rc.response();
    if (response.headWritten() || response.closed()) {
      return;
    }
    response.setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, contentType);
    headers.forEach(response::putHeader);
    if (!RequestBody.isAnnounced(rc.request()) || rc.request().isEnded()) {
      response.end(body);
      return;
    }
    // Reading on would let a refused client keep sending; nothing more is read from it.
    var connection = rc.request().connection();
    response
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(body)
        .onComplete(written -> connection.close());
  }
}

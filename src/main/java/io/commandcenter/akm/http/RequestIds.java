package io.commandcenter.akm.http;

import io.commandcenter.akm.core.names.RandomIds;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.security.SecureRandom;

/** Names each request, and sets the headers that every answer carries. */
public final class RequestIds implements Handler<RoutingContext> {
  private static final String KEY = RequestIds.class.getName();

  private static final int BYTES = 12;

  private final RandomIds ids;

  RequestIds(SecureRandom random) {
    ids = new RandomIds(random);
  }

  /** The request's id, for example {@code req_9f…}; it is in the answer's x-request-id too. */
  public static String of(RoutingContext rc) {
    return rc.get(KEY);
  }

  @Override
  public void handle(RoutingContext rc) {
    rc.put(KEY, next(rc.response()));
    rc.next();
  }

  /** A new id, set in the answer with the other headers. */
  String next(HttpServerResponse response) {
    // Never the caller's own id: it would let a caller write into the log.
    var id = ids.next("req", BYTES);
    response
        .putHeader("x-request-id", id)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Cache-Control", "no-store");
    return id;
  }
}

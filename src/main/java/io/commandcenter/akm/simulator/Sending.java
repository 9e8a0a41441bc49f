package io.commandcenter.akm.simulator;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;
import java.util.function.Supplier;

/** Writes an answer to the wire, or breaks it as a fault wants. */
final class Sending {
  private Sending() {}

  static void send(
      Vertx vertx,
      HttpServerResponse response,
      Dialect dialect,
      Optional<Fault> fault,
      Supplier<Reply> right) {
    if (fault.isEmpty()) {
      write(response, right.get());
    } else if (fault.get() instanceof Fault.Status status) {
      write(response, dialect.error(status.status()));
    } else if (fault.get() instanceof Fault.Delay delay) {
      vertx.setTimer(Math.max(1, delay.by().toMillis()), id -> write(response, right.get()));
    } else if (fault.get() instanceof Fault.Cut) {
      cut(response, right.get());
    } else if (fault.get() instanceof Fault.Garbage) {
      response.putHeader("content-type", "text/html").end("<html>I am no API</html>");
    } else if (fault.get() instanceof Fault.Empty) {
      response.end();
    }
    // A hang writes nothing.
  }

  private static void write(HttpServerResponse response, Reply reply) {
    if (response.closed()) {
      return;
    }
    head(response, reply).end(reply.body().toBuffer());
  }

  private static HttpServerResponse head(HttpServerResponse response, Reply reply) {
    response.setStatusCode(reply.status()).putHeader("content-type", "application/json");
    reply.headers().forEach(response::putHeader);
    return response;
  }

  private static void cut(HttpServerResponse response, Reply reply) {
    Buffer body = reply.body().toBuffer();
    head(response, reply).putHeader("content-length", Integer.toString(body.length()));
    response.write(body.slice(0, body.length() / 2)).onComplete(v -> response.reset());
  }
}

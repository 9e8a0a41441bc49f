package io.commandcenter.akm.simulator;

import io.commandcenter.akm.simulator.wire.Dialect;
import io.commandcenter.akm.simulator.wire.Frame;
import io.commandcenter.akm.simulator.wire.Reply;
import io.commandcenter.akm.simulator.wire.Said;
import io.commandcenter.akm.simulator.wire.Streamed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes answers to the wire, or breaks them as a fault wants.
 *
 * @param gapMillis before each piece of a stream that no fault slows down
 */
record Sending(Vertx vertx, Dialect dialect, Visits visits, long gapMillis) {
  private static final int DROPS = 16;

  void send(HttpServerResponse response, Optional<Fault> fault, Supplier<Said> right) {
    visits.answering(response);
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
    } else if (fault.get() instanceof Fault.Drip drip) {
      stream(response, inDrops(right.get()), drip.gap().toMillis(), null);
    } else if (fault.get() instanceof Fault.After after) {
      breakAfter(response, right.get(), after);
    }
    // A hang writes nothing.
  }

  private void breakAfter(HttpServerResponse response, Said said, Fault.After fault) {
    if (said instanceof Reply && fault.how() == Fault.Break.ERROR) {
      write(response, dialect.error(500));
    } else {
      stream(response, asStream(said, 2), gapMillis, fault);
    }
  }

  private void write(HttpServerResponse response, Said said) {
    if (response.closed()) {
      return;
    }
    if (said instanceof Reply reply && reply.lag() != null) {
      vertx.setTimer(reply.lag().toMillis(), id -> write(response, reply.after(null)));
    } else if (said instanceof Reply reply) {
      head(response, reply).end(reply.body().toBuffer());
    } else {
      var streamed = (Streamed) said;
      long gap = streamed.gap() == null ? gapMillis : streamed.gap().toMillis();
      stream(response, streamed, gap, null);
    }
  }

  private void stream(HttpServerResponse response, Streamed streamed, long gap, Fault.After fault) {
    new Streaming(vertx, response, visits, streamed, gap, fault).run();
  }

  private static HttpServerResponse head(HttpServerResponse response, Reply reply) {
    response.setStatusCode(reply.status()).putHeader("content-type", "application/json");
    reply.headers().forEach(response::putHeader);
    return response;
  }

  private void cut(HttpServerResponse response, Said said) {
    if (said instanceof Streamed streamed) {
      var pieces = streamed.frames().stream().filter(Frame::isContent).count();
      stream(response, streamed, 0, (Fault.After) Fault.cutAfter((int) (pieces + 1) / 2));
      return;
    }
    Buffer body = ((Reply) said).body().toBuffer();
    head(response, (Reply) said).putHeader("content-length", Integer.toString(body.length()));
    response.write(body.slice(0, body.length() / 2)).onComplete(v -> visits.breakOff(response));
  }

  private static Streamed inDrops(Said said) {
    return asStream(said, DROPS);
  }

  /** A whole answer in parts, of which the last is its one piece; in drops, every part is one. */
  private static Streamed asStream(Said said, int parts) {
    if (said instanceof Streamed streamed) {
      return streamed;
    }
    var reply = (Reply) said;
    var body = reply.body().toBuffer();
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < parts; i++) {
      int from = (int) ((long) body.length() * i / parts);
      int to = (int) ((long) body.length() * (i + 1) / parts);
      frames.add(new Frame(body.slice(from, to), i == parts - 1 || parts == DROPS));
    }
    var headers = new LinkedHashMap<>(reply.headers());
    headers.put("content-type", "application/json");
    return new Streamed(headers, frames, new Frame(Buffer.buffer(), false), null);
  }
}

package io.commandcenter.akm.provider;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.time.Duration;

/**
 * One HTTP call over a request that is still to be opened: it ends exactly once, within its time,
 * with a bounded body, and leaves nothing running behind.
 */
final class Exchange {
  /** How a call ended. */
  sealed interface End {}

  record Answer(int status, MultiMap headers, Buffer body) implements End {}

  /**
   * @param status 0 if the answer did not begin
   * @param sent whether the request went out before it broke
   */
  record Broken(Break how, int status, boolean sent, Throwable cause) implements End {
    /** A provider bills what it has begun to answer, also if nobody hears the end of it. */
    boolean mayBeCharged() {
      boolean waitedFor = status == 0 && how != Break.CUT && how != Break.NOT_CONNECTED;
      return sent && (waitedFor || (status >= 200 && status < 300));
    }
  }

  enum Break {
    /** No connection. */
    NOT_CONNECTED,
    /** The call's time is over. */
    DEADLINE,
    /** The answer did not begin in time. */
    FIRST_BYTE,
    /** The answer did not go on in time. */
    SILENCE,
    /** The connection ended, or what came was no HTTP. */
    CUT,
    TOO_LARGE
  }

  /**
   * @param whole for the call, connecting included
   * @param firstByte from the request's end to the answer's head
   */
  record Limits(Duration whole, Duration firstByte, int maxBytes) {}

  private static final long NO_TIMER = -1;

  private final Vertx vertx;
  private final Limits limits;
  private final Promise<End> end = Promise.promise();
  private final Buffer received = Buffer.buffer();
  private HttpClientRequest request;
  private int status;
  private long wholeTimer = NO_TIMER;
  private long firstByteTimer = NO_TIMER;

  Exchange(Vertx vertx, Limits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  /**
   * @param body null for none
   */
  Future<End> run(Future<HttpClientRequest> opening, Buffer body) {
    wholeTimer = vertx.setTimer(millis(limits.whole()), id -> breakOff(Break.DEADLINE, null));
    opening
        .onSuccess(opened -> send(opened, body))
        .onFailure(cause -> breakOff(Break.NOT_CONNECTED, cause));
    return end.future();
  }

  private void send(HttpClientRequest opened, Buffer body) {
    // Faults come through the futures too; without a handler each would be logged as an error.
    request = opened.exceptionHandler(cause -> breakOff(Break.CUT, cause));
    if (end.future().isComplete()) {
      // The connection came too late: nothing may be sent, or the provider would bill it.
      opened.reset();
      return;
    }
    firstByteTimer =
        vertx.setTimer(millis(limits.firstByte()), id -> breakOff(Break.FIRST_BYTE, null));
    (body == null ? opened.send() : opened.send(body))
        .onSuccess(this::receive)
        .onFailure(cause -> breakOff(Break.CUT, cause));
  }

  private void receive(HttpClientResponse response) {
    vertx.cancelTimer(firstByteTimer);
    status = response.statusCode();
    response
        .exceptionHandler(cause -> breakOff(Break.CUT, cause))
        .handler(this::append)
        .endHandler(v -> finish(new Answer(status, response.headers(), received)));
  }

  private void append(Buffer chunk) {
    if (received.length() + (long) chunk.length() > limits.maxBytes()) {
      breakOff(Break.TOO_LARGE, null);
    } else if (!end.future().isComplete()) {
      received.appendBuffer(chunk);
    }
  }

  private void breakOff(Break how, Throwable cause) {
    if (finish(new Broken(how, status, request != null, cause)) && request != null) {
      request.reset();
    }
  }

  private boolean finish(End outcome) {
    vertx.cancelTimer(wholeTimer);
    vertx.cancelTimer(firstByteTimer);
    return end.tryComplete(outcome);
  }

  private static long millis(Duration duration) {
    return Math.max(1, duration.toMillis());
  }
}

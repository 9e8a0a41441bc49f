package io.commandcenter.akm.mcp.transport;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * The HTTP response that carries a stream for now: untouched until a lone JSON answer or the first
 * event. Its methods are called on the stream's context, and call back there.
 */
public final class Carrier {
  private static final long NO_TIMER = -1;

  private final Context context;
  private final HttpServerResponse response;
  private final Duration stall;
  private final Consumer<Carrier> lost;
  private boolean streaming;
  private long stallTimer = NO_TIMER;

  /**
   * @param lost told when the connection is gone, or was dropped because it took no data
   */
  public Carrier(
      Context context, HttpServerResponse response, Duration stall, Consumer<Carrier> lost) {
    this.context = context;
    this.response = response;
    this.stall = stall;
    this.lost = lost;
    response.closeHandler(gone -> context.runOnContext(v -> lost.accept(this)));
    response.exceptionHandler(gone -> context.runOnContext(v -> lost.accept(this)));
  }

  public boolean streaming() {
    return streaming;
  }

  public boolean open() {
    return !response.ended() && !response.closed();
  }

  public void startStream() {
    streaming = true;
    response
        .setChunked(true)
        .putHeader("Content-Type", Guards.EVENTS)
        .putHeader("Cache-Control", "no-cache, no-transform")
        // nginx would hold the events back
        .putHeader("X-Accel-Buffering", "no");
  }

  public void answer(int status, String json) {
    if (open()) {
      response.setStatusCode(status).putHeader("Content-Type", Guards.JSON).end(json);
    }
  }

  public void endWithoutAnswer() {
    if (open()) {
      response.setStatusCode(202).end();
    }
  }

  /** A message as a server-sent event. */
  public static String event(String json) {
    return "event: message\ndata: " + json + "\n\n";
  }

  public void message(String json) {
    response.write(event(json));
  }

  public void write(Buffer frame) {
    response.write(frame);
  }

  /** A comment shows the client, and every proxy between, that the connection lives. */
  public void comment(String text) {
    if (open() && !response.writeQueueFull()) {
      response.write(": " + text + "\n\n");
    }
  }

  /** True if the connection takes no more now; {@code drained} runs when it does again. */
  public boolean full(Runnable drained) {
    if (!response.writeQueueFull()) {
      return false;
    }
    if (stallTimer == NO_TIMER) {
      stallTimer =
          context.owner().setTimer(stall.toMillis(), t -> context.runOnContext(v -> drop()));
    }
    response.drainHandler(
        v ->
            context.runOnContext(
                w -> {
                  forgetStall();
                  drained.run();
                }));
    return true;
  }

  private void drop() {
    if (stallTimer != NO_TIMER) {
      lost.accept(this);
      response.reset();
    }
  }

  public void forgetStall() {
    if (stallTimer != NO_TIMER) {
      context.owner().cancelTimer(stallTimer);
      stallTimer = NO_TIMER;
    }
  }

  public void end() {
    forgetStall();
    if (open()) {
      response.end();
    }
  }
}

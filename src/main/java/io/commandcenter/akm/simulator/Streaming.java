package io.commandcenter.akm.simulator;

import io.commandcenter.akm.simulator.Fault.Break;
import io.commandcenter.akm.simulator.wire.Frame;
import io.commandcenter.akm.simulator.wire.Streamed;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes one stream, as fast as its reader takes it or with a gap before each piece. */
final class Streaming {
  private static final int MEGABYTES = 32;
  private static final Buffer MEGABYTE = Buffer.buffer("x".repeat(1024 * 1024));
  private static final Buffer GARBAGE = Buffer.buffer("\u0001}{\u00ff no format has this\n\n");

  private final Vertx vertx;
  private final HttpServerResponse response;
  private final Visits visits;
  private final Deque<Frame> frames;
  private final Frame error;
  private final long gapMillis;
  private final Fault.After fault;
  private int pieces;
  private boolean hasStruck;

  /**
   * @param gapMillis 0 for none
   * @param fault null for none
   */
  Streaming(
      Vertx vertx,
      HttpServerResponse response,
      Visits visits,
      Streamed streamed,
      long gapMillis,
      Fault.After fault) {
    this.vertx = vertx;
    this.response = response;
    this.visits = visits;
    this.frames = new ArrayDeque<>(streamed.frames());
    this.error = streamed.error();
    this.gapMillis = gapMillis;
    this.fault = fault;
    streamed.headers().forEach(response::putHeader);
    response.setChunked(true);
  }

  /** Writes on until the reader is slow, a gap is due or the stream is over. */
  void run() {
    while (!response.closed() && !response.ended()) {
      if (isDue()) {
        hasStruck = true;
        if (!strike(fault.how())) {
          return;
        }
      }
      var frame = frames.poll();
      if (frame == null) {
        response.end();
        return;
      }
      if (frame.isContent() && gapMillis > 0) {
        vertx.setTimer(gapMillis, id -> later(frame));
        return;
      }
      if (!write(frame)) {
        return;
      }
    }
  }

  private void later(Frame frame) {
    if (!response.closed() && write(frame)) {
      run();
    }
  }

  /** False if the reader must read first. */
  private boolean write(Frame frame) {
    pieces += frame.isContent() ? 1 : 0;
    response.write(frame.bytes());
    if (response.writeQueueFull()) {
      response.drainHandler(v -> run());
      return false;
    }
    return true;
  }

  private boolean isDue() {
    return fault != null
        && !hasStruck
        && pieces == fault.pieces()
        && (pieces > 0 || (!frames.isEmpty() && frames.peek().isContent()));
  }

  /** Whether the stream goes on. */
  private boolean strike(Break how) {
    switch (how) {
      case ERROR -> response.end(error.bytes());
      case END -> response.end();
      case CUT -> response.write(Buffer.buffer("\n")).onComplete(v -> visits.breakOff(response));
      case STALL -> response.write(Buffer.buffer("\n"));
      case GARBAGE -> frames.push(new Frame(GARBAGE, false));
      case OVERSIZED -> {
        frames.push(Frame.of("\n\n", false));
        for (int i = 0; i < MEGABYTES; i++) {
          frames.push(new Frame(MEGABYTE, false));
        }
        frames.push(Frame.of("data: ", false));
      }
    }
    return how == Break.GARBAGE || how == Break.OVERSIZED;
  }
}

package io.commandcenter.akm.mcp.transport.stateless;

import io.commandcenter.akm.mcp.transport.Carrier;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * The answer to one POST: plain JSON, or an event stream once something has to be said before the
 * result. May be used from any thread; works on its request's context.
 */
final class Answering {
  private final Context context;
  private final Carrier carrier;
  private boolean ended;

  /**
   * @param stall a connection that takes no data for so long is dropped
   * @param lost told when the connection is gone before the answer ended, which gives the request
   *     up
   */
  Answering(Context context, HttpServerResponse response, Duration stall, Runnable lost) {
    this.context = context;
    carrier =
        new Carrier(
            context,
            response,
            stall,
            gone -> {
              if (!ended) {
                ended = true;
                gone.forgetStall();
                lost.run();
              }
            });
  }

  Context context() {
    return context;
  }

  /**
   * Streams a message on the way to the result; one that the connection cannot take now is left
   * out.
   */
  Future<Void> event(String json) {
    return Future.future(
        done ->
            context.runOnContext(
                v -> {
                  stream();
                  if (!ended && carrier.open() && !carrier.full(() -> {})) {
                    carrier.message(json);
                  }
                  done.complete();
                }));
  }

  /** Turns the answer into a stream, which keeps the connections between alive. */
  void upgrade() {
    context.runOnContext(v -> stream());
  }

  void heartbeat() {
    context.runOnContext(
        v -> {
          if (!ended && carrier.streaming()) {
            carrier.comment("heartbeat");
          }
        });
  }

  /**
   * @param status of a plain answer; a stream has begun with 200
   */
  void end(int status, String json) {
    context.runOnContext(
        v -> {
          if (ended) {
            return;
          }
          ended = true;
          if (carrier.streaming()) {
            if (carrier.open()) {
              carrier.message(json);
            }
            carrier.end();
          } else {
            carrier.answer(status, json);
          }
        });
  }

  private void stream() {
    if (!ended && !carrier.streaming() && carrier.open()) {
      carrier.startStream();
      carrier.comment("open");
    }
  }
}

package io.commandcenter.akm.mcp.transport;

import io.vertx.core.Context;
import io.vertx.core.Future;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Bridges between Vert.x futures and Reactor, without blocking either. */
public final class Rx {
  private Rx() {}

  /** Runs the operation on subscription; a null result becomes an empty Mono. */
  public static <T> Mono<T> mono(Supplier<Future<T>> operation) {
    return Mono.create(sink -> operation.get().onComplete(sink::success, sink::error));
  }

  /** Subscribes now; the future completes on {@code context}, whatever thread the Mono ends on. */
  public static <T> Future<T> future(Context context, Mono<T> mono) {
    return Future.fromCompletionStage(mono.toFuture(), context);
  }
}

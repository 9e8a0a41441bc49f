package io.commandcenter.akm.router;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Supplier;

/** Ends a wait in time, whatever the awaited does, and comes back to the caller's context. */
final class Within {
  private Within() {}

  /**
   * @param late the result if the work takes longer; the work itself goes on
   */
  static <T> Future<T> time(Vertx vertx, Duration limit, Future<T> work, Supplier<Future<T>> late) {
    var context = vertx.getOrCreateContext();
    Promise<Future<T>> first = Promise.promise();
    long timer = vertx.setTimer(Math.max(1, limit.toMillis()), id -> first.tryComplete(late.get()));
    work.onComplete(
        done ->
            context.runOnContext(
                back -> {
                  vertx.cancelTimer(timer);
                  first.tryComplete(work);
                }));
    return first.future().compose(result -> result);
  }
}

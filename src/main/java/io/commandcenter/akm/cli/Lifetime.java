package io.commandcenter.akm.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Starts the service, keeps the process up, and drains it when the process is told to stop
 * (SIGTERM, SIGINT).
 */
final class Lifetime {
  private final Vertx vertx;
  private final Runnable afterwards;

  private Lifetime(Vertx vertx, Runnable afterwards) {
    this.vertx = vertx;
    this.afterwards = afterwards;
  }

  static Lifetime of(Vertx vertx) {
    return new Lifetime(vertx, () -> {});
  }

  /** Also does this when everything has stopped. */
  Lifetime finallyDo(Runnable afterwards) {
    return new Lifetime(vertx, afterwards);
  }

  /** Returns when the service has stopped; throws what kept it from starting. */
  void run(Function<Vertx, Future<Starter.Running>> start, Consumer<Starter.Running> then) {
    var stopped = new CountDownLatch(1);
    Starter.Running running;
    try {
      running = start.apply(vertx).await();
    } catch (RuntimeException e) {
      vertx.close().await();
      afterwards.run();
      throw e;
    }
    var started = running;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started, stopped), "akm-stop"));
    then.accept(running);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void stop(Starter.Running running, CountDownLatch stopped) {
    try {
      running.stop().eventually(vertx::close).await();
    } finally {
      afterwards.run();
      stopped.countDown();
    }
  }
}

package io.commandcenter.akm.testkit;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** A Vert.x for one test, and how a test's thread waits. */
public final class TestVertx implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();

  public Vertx vertx() {
    return vertx;
  }

  /** The future's value; the test fails with the future's cause, or after ten seconds. */
  public static <T> T await(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("not done within ten seconds", e);
    }
  }

  /** The future's cause, as the expected type. */
  public static <E extends Throwable> E failure(Future<?> future, Class<E> type) {
    try {
      await(future);
    } catch (Throwable cause) {
      return type.cast(cause);
    }
    throw new AssertionError("expected " + type.getSimpleName() + ", but it succeeded");
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}

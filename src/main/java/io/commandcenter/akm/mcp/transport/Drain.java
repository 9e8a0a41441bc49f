package io.commandcenter.akm.mcp.transport;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts running requests, so that closing can wait for them. */
public final class Drain {
  private final AtomicInteger running = new AtomicInteger();
  private final Promise<Void> empty = Promise.promise();
  private volatile boolean closing;

  boolean closing() {
    return closing;
  }

  public void enter() {
    running.incrementAndGet();
  }

  public void leave() {
    if (running.decrementAndGet() == 0 && closing) {
      empty.tryComplete();
    }
  }

  /** Completes when nothing runs any more, at the latest after {@code limit}. */
  Future<Void> close(Duration limit) {
    closing = true;
    if (running.get() == 0) {
      empty.tryComplete();
    }
    return empty
        .future()
        .timeout(Math.max(limit.toMillis(), 1), TimeUnit.MILLISECONDS)
        .otherwiseEmpty();
  }
}

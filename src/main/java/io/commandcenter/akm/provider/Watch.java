package io.commandcenter.akm.provider;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Looks after all running calls of one event loop with one timer: a timer for each of a call's
 * limits would cost more than the rest of its bookkeeping.
 */
final class Watch {
  /** How late a limit may be noticed. */
  private static final Duration TICK = Duration.ofMillis(50);

  /** A call that ends itself when its time is over. */
  interface Watched {
    void look(long now);
  }

  private final Vertx vertx;
  private final Set<Watched> running = new LinkedHashSet<>();
  private boolean ticking;
  private long timer;

  Watch(Vertx vertx) {
    this.vertx = vertx;
  }

  void add(Watched call) {
    running.add(call);
    if (!ticking) {
      ticking = true;
      timer = vertx.setPeriodic(TICK.toMillis(), tick -> look());
    }
  }

  void remove(Watched call) {
    running.remove(call);
  }

  private void look() {
    if (running.isEmpty()) {
      ticking = false;
      vertx.cancelTimer(timer);
      return;
    }
    long now = System.nanoTime();
    new ArrayList<>(running).forEach(call -> call.look(now));
  }
}

package io.commandcenter.akm.bench;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;

/**
 * Says when requests are due, at a fixed rate that no slow answer holds back: a gateway that stalls
 * is charged for everybody who had to wait meanwhile. A timer of the event loop is too coarse (1
 * ms), so this is a thread of its own.
 */
final class Pace {
  private final Thread thread;
  private volatile boolean stopped;

  private Pace(int perSecond, LongConsumer due) {
    long interval = 1_000_000_000L / perSecond;
    thread =
        new Thread(
            () -> {
              for (long next = System.nanoTime(); !stopped; next += interval) {
                for (long left = next - System.nanoTime(); left > 0; ) {
                  LockSupport.parkNanos(left);
                  left = next - System.nanoTime();
                }
                due.accept(next);
              }
            },
            "pace");
    thread.setDaemon(true);
  }

  /** Calls {@code due} with the moment of each request, in {@link System#nanoTime()}. */
  static Pace start(int perSecond, LongConsumer due) {
    var pace = new Pace(perSecond, due);
    pace.thread.start();
    return pace;
  }

  void stop() {
    stopped = true;
  }
}

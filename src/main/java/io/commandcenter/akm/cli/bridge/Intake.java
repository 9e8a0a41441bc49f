package io.commandcenter.akm.cli.bridge;

import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** How much of the client's input may be under way; the reader waits for room. */
final class Intake {
  private final Semaphore messages;
  private final Semaphore bytes;
  private final int maxBytes;

  /**
   * @param maxBytes of all messages under way; a single larger one passes alone
   */
  Intake(int maxMessages, int maxBytes) {
    messages = new Semaphore(maxMessages);
    bytes = new Semaphore(maxBytes);
    this.maxBytes = maxBytes;
  }

  /**
   * Room for one message; blocks until there is.
   *
   * @return gives the room back, the first time it is run
   */
  Runnable take(int size) throws InterruptedException {
    int counted = Math.min(size, maxBytes);
    messages.acquire();
    bytes.acquire(counted);
    var given = new AtomicBoolean();
    return () -> {
      if (given.compareAndSet(false, true)) {
        bytes.release(counted);
        messages.release();
      }
    };
  }
}

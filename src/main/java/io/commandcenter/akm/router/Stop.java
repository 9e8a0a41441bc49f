package io.commandcenter.akm.router;

import java.util.ArrayList;
import java.util.List;

/** Whether the caller of one request has given it up, and what ends then. On one event loop. */
final class Stop {
  private final List<Runnable> then = new ArrayList<>();
  private boolean given;

  boolean given() {
    return given;
  }

  /** Runs when the caller gives up; at once if he has. */
  void then(Runnable end) {
    if (given) {
      end.run();
    } else {
      then.add(end);
    }
  }

  void give() {
    if (!given) {
      given = true;
      then.forEach(Runnable::run);
      then.clear();
    }
  }
}

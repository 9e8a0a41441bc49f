package io.commandcenter.akm.mcp.transport;

import java.util.ArrayList;
import java.util.List;

/** Whether a client has given its request up, and what to do then. Safe for several threads. */
public final class Cancellation {
  private final List<Runnable> waiting = new ArrayList<>();
  private boolean fired;

  /** Runs {@code stop} once the request is given up; at once if it is already. */
  public void onCancel(Runnable stop) {
    synchronized (this) {
      if (!fired) {
        waiting.add(stop);
        return;
      }
    }
    stop.run();
  }

  public void fire() {
    List<Runnable> stops;
    synchronized (this) {
      fired = true;
      stops = List.copyOf(waiting);
      waiting.clear();
    }
    stops.forEach(Runnable::run);
  }
}

package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Facts.RouteProgress;
import java.util.function.Consumer;

/** Tells how far a routed request is. */
@FunctionalInterface
public interface RouteWatch {
  /**
   * Hears of the request of this name from now on.
   *
   * @return ends it; to be run when the request has ended
   */
  Runnable watch(String callId, Consumer<RouteProgress> hearer);
}

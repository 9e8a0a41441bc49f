package io.commandcenter.akm.mcp.tools;

import io.vertx.core.Future;
import java.time.Duration;

/** Lets a tool wait without knowing of clocks and timers. */
@FunctionalInterface
public interface Pause {
  /** Succeeds when the time is over. */
  Future<Void> of(Duration time);
}

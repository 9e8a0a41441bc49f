package io.commandcenter.akm.bench;

import java.util.ArrayList;
import java.util.List;

/** A resource that the driver changes, and when it did; lives on one event loop. */
final class McpCounter {
  private final int index;
  private final String uri;
  private final List<Long> changes = new ArrayList<>();

  McpCounter(int index, String uri) {
    this.index = index;
    this.uri = uri;
  }

  int index() {
    return index;
  }

  String uri() {
    return uri;
  }

  /** Its version after the latest change; 0 before the first. */
  int version() {
    return changes.size();
  }

  /**
   * @param now in {@link System#nanoTime()}, before the change is asked for
   */
  void change(long now) {
    changes.add(now);
  }

  long changedAt(int version) {
    return changes.get(version - 1);
  }
}

package io.commandcenter.akm.mcp.transport;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many sessions and listeners want to hear of which resource. Safe for several threads. */
public final class Interest {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();

  public void add(String uri) {
    counts.merge(uri, 1, Integer::sum);
  }

  public void remove(String uri) {
    counts.computeIfPresent(uri, (same, count) -> count > 1 ? count - 1 : null);
  }

  boolean any() {
    return !counts.isEmpty();
  }

  boolean in(String uri) {
    return counts.containsKey(uri);
  }
}

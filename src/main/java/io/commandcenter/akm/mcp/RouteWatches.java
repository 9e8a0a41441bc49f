package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Facts.RouteProgress;
import io.commandcenter.akm.mcp.tools.RouteWatch;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Who watches which routed request. One hearer of the bus serves them all; of others it forgets.
 */
final class RouteWatches implements RouteWatch {
  private final int most;
  private final Map<String, Consumer<RouteProgress>> hearers = new ConcurrentHashMap<>();

  /**
   * @param most who comes then hears nothing; the request itself goes on
   */
  RouteWatches(int most) {
    this.most = most;
  }

  @Override
  public Runnable watch(String callId, Consumer<RouteProgress> hearer) {
    if (hearers.size() >= most) {
      return () -> {};
    }
    hearers.put(callId, hearer);
    return () -> hearers.remove(callId);
  }

  void heard(RouteProgress fact) {
    var hearer = hearers.get(fact.callId());
    if (hearer != null) {
      hearer.accept(fact);
    }
  }

  int size() {
    return hearers.size();
  }
}

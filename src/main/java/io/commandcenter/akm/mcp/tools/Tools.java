package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import java.util.List;
import java.util.function.Supplier;

/** Every tool of this server. */
public final class Tools {
  private Tools() {}

  /**
   * @param watch tells how far a routed request is
   * @param callIds names that never repeat, one for each routed request
   */
  public static List<Tool> all(Asking bus, RouteWatch watch, Supplier<String> callIds) {
    return List.of(
        new AddApiKey(bus),
        new ValidateKey(bus),
        new RotateKey(bus),
        new GetUsage(bus),
        new GetProviderStats(bus),
        new EstimateCost(bus),
        new RouteTool(bus, watch, callIds),
        new ExplainDecision(bus),
        new GetRoutingRecommendations(bus),
        new GetAuditLog(bus));
  }
}

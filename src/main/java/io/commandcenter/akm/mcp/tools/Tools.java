package io.commandcenter.akm.mcp.tools;

import java.util.List;

/** Every tool of this server. */
public final class Tools {
  private Tools() {}

  /** In the order in which clients list them: keys, money, routing, the log, the emergency. */
  public static List<Tool> all(ToolNeeds needs) {
    var bus = needs.bus();
    return List.of(
        new ListApiKeys(bus),
        new AddApiKey(bus, needs.pause()),
        new RotateKey(bus, needs.pause()),
        new RemoveApiKey(bus),
        new ValidateKey(bus),
        new ValidateAllKeys(bus),
        new GetUsage(bus),
        new GetProviderStats(bus),
        new EstimateCost(bus),
        new CheckBudget(bus),
        new SetBudget(bus),
        new TrackRequest(bus),
        new RouteTool(bus, needs.watch(), needs.callIds()),
        new ExplainDecision(bus),
        new GetRoutingRecommendations(bus),
        new GetAuditLog(bus),
        new Panic(bus));
  }
}

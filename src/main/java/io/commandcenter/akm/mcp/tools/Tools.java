package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import java.util.List;

/** Every tool of this server. */
public final class Tools {
  private Tools() {}

  /**
   * In the order in which clients list them: keys, money, routing, the log, the emergency.
   *
   * @param pause a timer of the caller's
   */
  public static List<Tool> all(Asking bus, Pause pause) {
    return List.of(
        new ListApiKeys(bus),
        new AddApiKey(bus, pause),
        new RotateKey(bus, pause),
        new RemoveApiKey(bus),
        new ValidateKey(bus),
        new ValidateAllKeys(bus),
        new GetUsage(bus),
        new EstimateCost(bus),
        new CheckBudget(bus),
        new SetBudget(bus),
        new TrackRequest(bus),
        new RouteTool(bus),
        new GetAuditLog(bus),
        new Panic(bus));
  }
}

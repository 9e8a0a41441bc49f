package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import java.util.List;

/** Every tool of this server. */
public final class Tools {
  private Tools() {}

  public static List<Tool> all(Asking bus) {
    return List.of(
        new AddApiKey(bus),
        new ValidateKey(bus),
        new RotateKey(bus),
        new GetUsage(bus),
        new EstimateCost(bus),
        new RouteTool(bus),
        new GetAuditLog(bus));
  }
}

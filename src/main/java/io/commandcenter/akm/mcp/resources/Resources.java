package io.commandcenter.akm.mcp.resources;

import io.commandcenter.akm.contract.Asking;
import java.time.InstantSource;
import java.util.List;

/** Every resource of this server. */
public final class Resources {
  private Resources() {}

  public static List<Resource> all(Asking bus) {
    return all(bus, InstantSource.system());
  }

  /**
   * @param clock says which day is the newest
   */
  public static List<Resource> all(Asking bus, InstantSource clock) {
    return List.of(
        new ProvidersResource(bus),
        new ProviderResource(bus),
        new UsageResource(bus),
        new ProviderUsageResource(bus),
        new RoutingResource(bus),
        new DecisionResource(bus),
        new AuditDayResource(bus, clock));
  }
}

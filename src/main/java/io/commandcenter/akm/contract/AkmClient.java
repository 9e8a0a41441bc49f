package io.commandcenter.akm.contract;

import io.vertx.core.Future;

/**
 * akm for another Vert.x service of the same cluster: {@code new AkmClient(new Bus(vertx),
 * "billing")}.
 *
 * <p>Every method fails with a {@link Failure}. A key itself never travels: it is added from a
 * variable of the akm server's environment, or entered by a person on a one-time page.
 */
public final class AkmClient {
  private final Asking bus;
  private final String caller;

  /**
   * @param caller the service's name, as it will stand in the audit log and the usage rows
   */
  public AkmClient(Asking bus, String caller) {
    this.bus = bus;
    this.caller = Checks.name(caller, "caller");
  }

  /** Opens a one-time page for a new key; hand its URL and its code to a person. */
  public Future<EntryCalls.EntryLink> addKey(String provider, String label) {
    return bus.ask(
        EntryCalls.BEGIN_ENTRY, new EntryCalls.BeginEntry("add", provider, label, caller));
  }

  public Future<VaultCalls.KeyInfo> addKeyFromEnvironment(
      String provider, String label, String envVar) {
    return bus.ask(
        VaultCalls.ADD_FROM_ENVIRONMENT,
        new VaultCalls.AddFromEnvironment(provider, label, envVar, null, null, caller));
  }

  /**
   * @param provider null for all
   */
  public Future<VaultCalls.KeyList> keys(String provider) {
    return bus.ask(VaultCalls.LIST, new VaultCalls.ListKeys(provider));
  }

  public Future<RouterCalls.RouteAnswer> route(RouteRequest request) {
    return bus.ask(RouterCalls.ROUTE, request.from(caller));
  }

  public Future<UsageCalls.UsageView> usage() {
    return bus.ask(UsageCalls.REPORT, new UsageCalls.Report(null));
  }
}

package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Asking;
import io.vertx.core.Future;

/** What tools need, for tests that only look at their cards. */
public final class SomeNeeds {
  private SomeNeeds() {}

  public static ToolNeeds with(Asking bus) {
    return new ToolNeeds(
        bus, time -> Future.succeededFuture(), (id, hearer) -> () -> {}, () -> "call_1");
  }
}

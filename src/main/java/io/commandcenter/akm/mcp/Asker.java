package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.mcp.transport.feature.Caller;

/** Who asks, and under which id the request stands in the log. */
record Asker(Principal principal, String requestId) {
  static Asker of(Caller caller) {
    return (Asker) caller.identity();
  }
}

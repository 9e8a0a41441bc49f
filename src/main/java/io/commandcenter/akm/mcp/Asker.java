package io.commandcenter.akm.mcp;

import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.modelcontextprotocol.server.McpAsyncServerExchange;

/** Who asks, and under which id the request stands in the log. */
record Asker(Principal principal, String requestId) {
  static Asker of(McpAsyncServerExchange exchange) {
    return (Asker) exchange.transportContext().get(StreamableHttp.CALLER);
  }
}

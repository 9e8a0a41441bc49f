package io.commandcenter.akm.mcp.transport.session;

import io.commandcenter.akm.mcp.transport.Cancellation;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.modelcontextprotocol.common.McpTransportContext;
import io.vertx.core.Context;
import java.util.Map;

/**
 * What belongs to one request of a session.
 *
 * @param context the one it came in on
 * @param stream of its answer
 */
record SessionRequest(
    Session session,
    Caller caller,
    Context context,
    EventStream stream,
    Cancellation cancellation) {
  private static final String KEY = "request";

  McpTransportContext carried() {
    return McpTransportContext.create(Map.of(KEY, this));
  }

  static SessionRequest of(McpTransportContext context) {
    return (SessionRequest) context.get(KEY);
  }
}

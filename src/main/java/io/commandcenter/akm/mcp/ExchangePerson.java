package io.commandcenter.akm.mcp;

import io.commandcenter.akm.mcp.tools.Person;
import io.commandcenter.akm.mcp.transport.Rx;
import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;

/** The person behind a session, reached by URL elicitation (2025-11-25) where the client can. */
record ExchangePerson(McpAsyncServerExchange exchange, Elicitations elicitations)
    implements Person {
  @Override
  public boolean canOpenLinks() {
    var client = exchange.getClientCapabilities();
    return client != null && client.elicitation() != null && client.elicitation().url() != null;
  }

  @Override
  public Future<Boolean> open(String message, String url, String id) {
    elicitations.await(id, exchange.sessionId());
    // The answer comes in on another request, often on another event loop.
    var context = (Context) exchange.transportContext().get(StreamableHttp.CONTEXT);
    var asked = exchange.createElicitation(ElicitUrlRequest.builder(message, url, id).build());
    return Rx.future(context, asked).map(result -> result.action() == ElicitResult.Action.ACCEPT);
  }
}

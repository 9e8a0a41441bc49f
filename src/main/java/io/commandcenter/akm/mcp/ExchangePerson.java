package io.commandcenter.akm.mcp;

import io.commandcenter.akm.mcp.tools.Person;
import io.commandcenter.akm.mcp.tools.ToolAnswer;
import io.commandcenter.akm.mcp.transport.Rx;
import io.commandcenter.akm.mcp.transport.StreamableHttp;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.ElicitResult;
import io.modelcontextprotocol.spec.McpSchema.ElicitUrlRequest;
import io.vertx.core.Context;
import io.vertx.core.Future;

/** The person behind a session, reached by URL elicitation (2025-11-25) where the client can. */
record ExchangePerson(McpAsyncServerExchange exchange, Elicitations elicitations, Reply reply)
    implements Person {
  @Override
  public boolean canBeAsked() {
    var client = exchange.getClientCapabilities();
    return client != null && client.elicitation() != null && client.elicitation().url() != null;
  }

  Future<Reply> open(ToolAnswer.Opening page) {
    elicitations.await(page.id(), exchange.sessionId());
    // The answer comes in on another request, often on another event loop.
    var context = (Context) exchange.transportContext().get(StreamableHttp.CONTEXT);
    var asked =
        exchange.createElicitation(
            ElicitUrlRequest.builder(page.message(), page.url(), page.id()).build());
    return Rx.future(context, asked)
        .map(
            result ->
                result.action() == ElicitResult.Action.ACCEPT ? Outcome.AGREED : Outcome.DECLINED)
        .otherwise(Outcome.NOT_SHOWN)
        .map(outcome -> new Reply(outcome, page.memory()));
  }
}

package io.commandcenter.akm.mcp.transport.session;

import io.commandcenter.akm.mcp.transport.Parameters;
import io.commandcenter.akm.mcp.transport.Rx;
import io.commandcenter.akm.mcp.transport.feature.Abilities;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.modelcontextprotocol.server.McpAsyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.modelcontextprotocol.spec.McpSchema.LoggingMessageNotification;
import io.modelcontextprotocol.spec.McpSchema.ProgressNotification;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** A round of a session's request. */
record SessionCall(
    McpAsyncServerExchange exchange,
    SessionRequest request,
    Parameters parameters,
    Map<String, JsonObject> answers,
    JsonObject memory)
    implements Call {
  @Override
  public Caller caller() {
    return request.caller();
  }

  @Override
  public String revision() {
    return request.session().revision();
  }

  @Override
  public Abilities client() {
    var client = exchange.getClientCapabilities();
    if (client == null) {
      return new Abilities(false, false, false, false);
    }
    var elicitation = client.elicitation();
    boolean links = elicitation != null && elicitation.url() != null;
    // An empty elicitation capability means forms, as before 2025-11-25.
    boolean forms = elicitation != null && (elicitation.form() != null || !links);
    return new Abilities(forms, links, client.sampling() != null, client.roots() != null);
  }

  @Override
  public String session() {
    return exchange.sessionId();
  }

  @Override
  public Map<String, Object> meta() {
    return parameters.meta();
  }

  @Override
  public Future<Void> progress(double progress, Double total, String message) {
    var token = parameters.progressToken();
    if (token == null) {
      return Future.succeededFuture();
    }
    var notification =
        ProgressNotification.builder(token, progress).total(total).message(message).build();
    return Rx.future(request.context(), exchange.progressNotification(notification));
  }

  @Override
  public Future<Void> log(LoggingLevel level, String data) {
    var message = LoggingMessageNotification.builder(level, data).build();
    return Rx.future(request.context(), exchange.loggingNotification(message));
  }

  @Override
  public void onCancel(Runnable stop) {
    request.cancellation().onCancel(stop);
  }

  @Override
  public void disconnect() {
    request.stream().disconnect();
  }
}

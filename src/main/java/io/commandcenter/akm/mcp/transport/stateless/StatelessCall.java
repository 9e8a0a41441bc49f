package io.commandcenter.akm.mcp.transport.stateless;

import io.commandcenter.akm.mcp.transport.Cancellation;
import io.commandcenter.akm.mcp.transport.Revisions;
import io.commandcenter.akm.mcp.transport.feature.Abilities;
import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Caller;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A request of the stateless lane while it runs. */
record StatelessCall(
    Caller caller,
    StatelessRequest request,
    JsonObject memory,
    Answering answering,
    Replying replying,
    Cancellation cancellation)
    implements Call {
  @Override
  public String revision() {
    return Revisions.STATELESS;
  }

  @Override
  public Abilities client() {
    return request.client();
  }

  @Override
  public String session() {
    return null;
  }

  @Override
  public Map<String, JsonObject> answers() {
    return request.answers();
  }

  @Override
  public Map<String, Object> meta() {
    return request.parameters().meta();
  }

  @Override
  public Future<Void> progress(double progress, Double total, String message) {
    var token = request.parameters().progressToken();
    if (token == null) {
      return Future.succeededFuture();
    }
    var params = new LinkedHashMap<String, Object>();
    params.put("progressToken", token);
    params.put("progress", progress);
    if (total != null) {
      params.put("total", total);
    }
    if (message != null) {
      params.put("message", message);
    }
    return answering.event(replying.notification(McpSchema.METHOD_NOTIFICATION_PROGRESS, params));
  }

  @Override
  public Future<Void> log(LoggingLevel level, String data) {
    var wanted = request.logLevel();
    if (wanted == null || !reaches(level, wanted)) {
      return Future.succeededFuture();
    }
    var params =
        Map.<String, Object>of("level", level.name().toLowerCase(Locale.ROOT), "data", data);
    return answering.event(replying.notification(McpSchema.METHOD_NOTIFICATION_MESSAGE, params));
  }

  private static boolean reaches(LoggingLevel level, String wanted) {
    try {
      return level.level() >= LoggingLevel.valueOf(wanted.toUpperCase(Locale.ROOT)).level();
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  @Override
  public void onCancel(Runnable stop) {
    cancellation.onCancel(stop);
  }

  /** Here the connection is the request's life. */
  @Override
  public void disconnect() {
    // nobody could come back
  }
}

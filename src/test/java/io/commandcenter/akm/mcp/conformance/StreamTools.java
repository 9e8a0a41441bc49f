package io.commandcenter.akm.mcp.conformance;

import io.commandcenter.akm.mcp.transport.feature.Call;
import io.commandcenter.akm.mcp.transport.feature.Round;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.LoggingLevel;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Tools that tell something on the way to their answers. */
record StreamTools(Vertx vertx) {
  private static final long STEP_MS = 50;
  private static final long AWAY_MS = 700;

  List<FixtureTool> all() {
    return List.of(
        FixtureTool.of("test_logging_tool", (arguments, call) -> logging(call)),
        FixtureTool.of("test_tool_with_logging", (arguments, call) -> logging(call)),
        FixtureTool.of("test_tool_with_progress", (arguments, call) -> progressing(call)),
        FixtureTool.of("test_reconnection", (arguments, call) -> reconnecting(call)));
  }

  private Future<Round<CallToolResult>> logging(Call call) {
    return call.log(LoggingLevel.INFO, "Tool execution started")
        .compose(v -> pause(STEP_MS))
        .compose(v -> call.log(LoggingLevel.INFO, "Tool processing data"))
        .compose(v -> pause(STEP_MS))
        .compose(v -> call.log(LoggingLevel.INFO, "Tool execution completed"))
        .compose(v -> Results.text("Three messages were logged."));
  }

  private Future<Round<CallToolResult>> progressing(Call call) {
    return call.progress(0, 100.0, "started")
        .compose(v -> pause(STEP_MS))
        .compose(v -> call.progress(50, 100.0, "half"))
        .compose(v -> pause(STEP_MS))
        .compose(v -> call.progress(100, 100.0, "done"))
        .compose(v -> Results.text("Three steps were reported."));
  }

  /** SEP-1699: the connection breaks in the middle, and the client comes back for the answer. */
  private Future<Round<CallToolResult>> reconnecting(Call call) {
    call.disconnect();
    return pause(AWAY_MS).compose(v -> Results.text("Answered after the reconnection."));
  }

  private Future<?> pause(long millis) {
    return vertx.timer(millis, TimeUnit.MILLISECONDS);
  }
}

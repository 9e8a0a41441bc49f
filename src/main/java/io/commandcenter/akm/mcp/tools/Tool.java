package io.commandcenter.akm.mcp.tools;

import io.vertx.core.Future;

/** Something a model may call; it knows the bus, nothing of MCP. */
public interface Tool {
  ToolCard card();

  /**
   * Runs after the key guard, the scope check and the schema check.
   *
   * @return fails with a {@link io.commandcenter.akm.contract.Failure}; may also throw one
   */
  Future<? extends ToolAnswer> call(ToolCall call);
}

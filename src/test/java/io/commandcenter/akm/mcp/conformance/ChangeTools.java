package io.commandcenter.akm.mcp.conformance;

import java.util.List;

/** Tools whose calls change something that clients may watch. */
record ChangeTools(Changes changes) {
  List<FixtureTool> all() {
    return List.of(
        tool("test_trigger_tool_change", () -> changes.listChanged("tools")),
        tool("test_trigger_prompt_change", () -> changes.listChanged("prompts")),
        tool("test_trigger_resource_update", () -> changes.updated(FixtureResources.WATCHED)));
  }

  private static FixtureTool tool(String name, Runnable change) {
    return FixtureTool.of(
        name,
        (arguments, call) -> {
          change.run();
          return Results.text("The change was announced.");
        });
  }
}

package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.contract.Wire;
import io.vertx.core.json.JsonObject;

/** One call of a tool, or one more round of it. */
public record ToolCall(
    JsonObject arguments, Principal principal, Person person, Progress progress) {
  <T extends Record> T as(Class<T> type) {
    return Wire.fromJson(arguments, type);
  }

  /** The caller, as it stands in the audit log. */
  String by() {
    return principal.id();
  }
}

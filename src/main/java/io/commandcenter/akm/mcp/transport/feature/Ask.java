package io.commandcenter.akm.mcp.transport.feature;

import io.modelcontextprotocol.spec.McpSchema.CreateMessageRequest;
import io.modelcontextprotocol.spec.McpSchema.ElicitRequest;

/** Something that a server asks of a client. */
public sealed interface Ask {
  /** Something of the person: a form, or a page to open. */
  record Elicit(ElicitRequest request) implements Ask {}

  /** An answer of the client's model; deprecated by 2026-07-28. */
  record Sample(CreateMessageRequest request) implements Ask {}

  /** The client's roots; deprecated by 2026-07-28. */
  record ListRoots() implements Ask {}
}

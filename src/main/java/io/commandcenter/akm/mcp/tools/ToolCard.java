package io.commandcenter.akm.mcp.tools;

import io.commandcenter.akm.contract.Scope;

/**
 * What a client is told of a tool.
 *
 * @param description for a model: what it does, when to use it, units
 * @param scope what the caller's token must include; without one the server does not start
 */
public record ToolCard(
    String name,
    String title,
    String description,
    Scope scope,
    Schema input,
    Schema output,
    Hints hints) {

  public ToolCard {
    if (scope == null) {
      throw new IllegalStateException("tool " + name + " declares no scope");
    }
    input.named("urn:akm:tool:" + name + ":input");
    output.named("urn:akm:tool:" + name + ":output");
  }

  /**
   * How a client may treat the tool.
   *
   * @param destructive it may take something out of use
   * @param idempotent calling it again changes nothing more
   * @param openWorld it reaches systems beyond this server
   */
  public record Hints(
      boolean readOnly, boolean destructive, boolean idempotent, boolean openWorld) {
    /** Reads this server only. */
    public static final Hints READ = new Hints(true, false, true, false);
  }
}

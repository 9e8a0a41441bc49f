package io.commandcenter.akm.mcp.tools;

import io.vertx.core.Future;

/** Whoever sits in front of the client, out of the model's sight. */
public interface Person {
  /** Whether the client can show a link to the person by itself. */
  boolean canOpenLinks();

  /**
   * Asks the person to open a page.
   *
   * @param id names the page; the client is told under it when the person is done
   * @return whether the person agreed; that says nothing of what they do on the page
   */
  Future<Boolean> open(String message, String url, String id);
}

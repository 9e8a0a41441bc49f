package io.commandcenter.akm.mcp.conformance;

/** Where the fixture announces what has changed. */
interface Changes {
  /**
   * @param list tools or prompts
   */
  void listChanged(String list);

  void updated(String uri);
}

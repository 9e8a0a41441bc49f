package io.commandcenter.akm.cli;

/** What a person does next with a running service. */
final class Guide {
  private Guide() {}

  /**
   * @param token how the shell finds the token: a variable, or a command in {@code $(…)}
   */
  static void print(Screen screen, String url, String token) {
    screen.line("");
    new Table()
        .row(
            "REST API",
            url + "/api/v1",
            screen.faint("described by " + url + "/api/v1/openapi.yaml"))
        .row("MCP", url + "/mcp", screen.faint("streamable HTTP"))
        .row("gateway", url + "/v1", screen.faint("base URL for OpenAI clients"))
        .row("health", url + "/health/ready")
        .print(screen);
    screen.line("");
    screen.line("   Connect Claude Code:");
    screen.line("   " + screen.strong(claude(url, token)));
    screen.line("");
    screen.line("   Ask for a decision:");
    screen.line(
        "   curl -s "
            + url
            + "/api/v1/route -H \"Authorization: Bearer "
            + token
            + "\" -H 'Content-Type: application/json' -d '{\"task\":\"chat\"}'");
    screen.line("");
    screen.line(screen.faint("   Stop with Ctrl+C."));
  }

  static String claude(String url, String token) {
    return "claude mcp add --transport http akm "
        + url
        + "/mcp --header \"Authorization: Bearer "
        + token
        + "\"";
  }
}

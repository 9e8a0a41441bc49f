package io.commandcenter.akm.mcp.transport;

import io.modelcontextprotocol.spec.ProtocolVersions;
import java.util.List;

/** The revisions of MCP that are spoken here, by lane. */
public final class Revisions {
  /** Oldest first. */
  public static final List<String> SESSIONS =
      List.of(
          ProtocolVersions.MCP_2025_03_26,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_11_25);

  public static final String STATELESS = "2026-07-28";

  /** Newest first. */
  public static final List<String> ALL =
      List.of(
          STATELESS,
          ProtocolVersions.MCP_2025_11_25,
          ProtocolVersions.MCP_2025_06_18,
          ProtocolVersions.MCP_2025_03_26);

  private Revisions() {}

  public static String newestOfSessions() {
    return ProtocolVersions.MCP_2025_11_25;
  }
}

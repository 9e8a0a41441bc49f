package io.commandcenter.akm.mcp.transport.feature;

import java.util.Set;

/**
 * What clients are told of a server.
 *
 * @param instructions for a model: what the server is for and where to start
 * @param changing the lists whose changes are announced: tools, resources, prompts
 * @param logging whether the session lane offers {@code logging/setLevel}, which newer revisions
 *     deprecate
 */
public record ServerCard(
    String name,
    String title,
    String version,
    String instructions,
    Set<String> changing,
    boolean logging) {
  public ServerCard {
    changing = Set.copyOf(changing);
  }
}

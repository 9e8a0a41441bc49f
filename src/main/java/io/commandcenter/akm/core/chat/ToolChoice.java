package io.commandcenter.akm.core.chat;

import java.util.List;

/**
 * Whether tools are called.
 *
 * @param names the tools that may be called; empty for all. One name with REQUIRED forces this tool
 * @param parallel false for at most one call a turn; null if not said
 */
public record ToolChoice(Mode mode, List<String> names, Boolean parallel) {
  public ToolChoice {
    names = List.copyOf(names);
  }

  /** How free the model is. */
  public enum Mode {
    AUTO,
    NONE,
    REQUIRED
  }
}

package io.commandcenter.akm.mcp.prompts;

import io.commandcenter.akm.contract.Asking;
import java.util.List;

/** Every prompt of this server. */
public final class Prompts {
  private Prompts() {}

  public static List<Prompt> all(Asking bus) {
    return List.of();
  }
}

package io.commandcenter.akm.mcp.completions;

import io.commandcenter.akm.contract.Principal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Proposes values for an argument of a prompt or a variable of a resource template. */
public interface Completer {
  /**
   * Every value that fits, best first; empty where nothing can be proposed.
   *
   * @return fails with a {@link io.commandcenter.akm.contract.Failure}; may also throw one
   */
  Future<List<String>> complete(Wanted wanted);

  /**
   * @param reference a prompt's name, or a resource template
   * @param argument its argument or variable
   * @param prefix what was typed of it so far
   * @param given the other arguments that are known
   */
  record Wanted(
      String reference,
      String argument,
      String prefix,
      Map<String, String> given,
      Principal asker) {
    public Wanted {
      given = Map.copyOf(given);
    }
  }
}

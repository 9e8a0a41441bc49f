package io.commandcenter.akm.mcp.prompts;

import io.commandcenter.akm.contract.Principal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** A text that tells a model how to go about something, for clients without command files. */
public interface Prompt {
  Card card();

  /**
   * The user's message.
   *
   * @param arguments only names of the card; each required one is there
   * @return fails with a {@link io.commandcenter.akm.contract.Failure}; may also throw one
   */
  Future<String> text(Map<String, String> arguments, Principal asker);

  record Card(String name, String title, String description, List<Argument> arguments) {
    public Card {
      arguments = List.copyOf(arguments);
    }
  }

  record Argument(String name, String description, boolean required) {}
}

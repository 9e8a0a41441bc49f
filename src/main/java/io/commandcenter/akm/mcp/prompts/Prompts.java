package io.commandcenter.akm.mcp.prompts;

import io.commandcenter.akm.contract.Asking;
import io.commandcenter.akm.mcp.prompts.CommandPrompt.Part;
import java.util.List;

/** Every prompt of this server. */
public final class Prompts {
  private static final Part PROVIDER = new Part("provider", "A configured provider.", "%s");

  private Prompts() {}

  /**
   * @param bus for prompts that say what is there; these leave it to the tools they name
   */
  public static List<Prompt> all(Asking bus) {
    return List.of(
        new CommandPrompt(
            "api-config",
            "Configure providers and keys",
            List.of(
                new Part("action", "show, add, check, rotate or remove; show if left out.", "%s"),
                PROVIDER,
                new Part("label", "A key's label, like main.", "label %s"))),
        new CommandPrompt(
            "api-usage",
            "Show usage",
            List.of(
                PROVIDER,
                new Part("by", "provider, model or day.", "by %s"),
                new Part("from", "First UTC day, like 2026-11-01.", "from %s"),
                new Part("to", "Last UTC day, like 2026-11-30.", "to %s"))),
        new CommandPrompt(
            "api-costs",
            "Estimate costs",
            List.of(
                new Part("model", "A model, or provider/model.", "%s"),
                new Part("task", "A task of the routing, instead of a model.", "task %s"),
                new Part("input_tokens", "How many go in.", "%s input tokens"),
                new Part("output_tokens", "How many are expected.", "%s output tokens"),
                new Part("text", "A text to price, instead of input tokens.", "text: %s"))));
  }
}

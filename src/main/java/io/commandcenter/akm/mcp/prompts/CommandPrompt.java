package io.commandcenter.akm.mcp.prompts;

import io.commandcenter.akm.contract.Checks;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.contract.Principal;
import io.commandcenter.akm.mcp.tools.KeyGuard;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A command file as a prompt: the arguments become the words that the command would be given. */
final class CommandPrompt implements Prompt {
  private static final int MOST = 2000;

  private final Card card;
  private final CommandText text;
  private final List<Part> parts;

  /**
   * @param words how the argument is said, with {@code %s} for its value
   */
  record Part(String name, String description, String words) {}

  CommandPrompt(String name, String title, List<Part> parts) {
    this.text = CommandText.named(name);
    this.parts = List.copyOf(parts);
    this.card =
        new Card(
            name,
            title,
            text.description(),
            parts.stream().map(part -> new Argument(part.name, part.description, false)).toList());
  }

  @Override
  public Card card() {
    return card;
  }

  @Override
  public Future<String> text(Map<String, String> arguments, Principal asker) {
    KeyGuard.refuseKeys(arguments);
    var said =
        parts.stream()
            .filter(part -> !arguments.getOrDefault(part.name, "").isBlank())
            .map(part -> part.words.replace("%s", checked(part.name, arguments.get(part.name))))
            .collect(Collectors.joining(" "));
    return Future.succeededFuture(text.with(said.isEmpty() ? "nothing" : said));
  }

  /** It stands in one line between backticks. */
  private static String checked(String name, String value) {
    if (Checks.printable(value, name, MOST).contains("`")) {
      throw Failure.badRequest("`" + name + "` must not hold backticks");
    }
    return value.strip();
  }
}

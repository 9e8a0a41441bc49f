package io.commandcenter.akm.mcp.prompts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * A command file of Claude Code: the prompts have the same texts, so that there is one to keep
 * true.
 *
 * @param body what follows the frontmatter, with {@code $ARGUMENTS} where the words of the person
 *     go
 */
record CommandText(String description, String body) {
  private static final Pattern FILE =
      Pattern.compile("(?s)\\A---\\ndescription: ([^\\n]+)\\n.*?\\n---\\n\\n(.*)\\z");

  /** From the class path; it was packed there, so that its absence is a fault of the build. */
  static CommandText named(String name) {
    try (var in = CommandText.class.getResourceAsStream("/prompts/" + name + ".md")) {
      if (in == null) {
        throw new IllegalStateException("there is no prompt " + name);
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static CommandText parse(String file) {
    var parts = FILE.matcher(file);
    if (!parts.matches()) {
      throw new IllegalStateException("a command file needs a frontmatter with a description");
    }
    return new CommandText(parts.group(1), parts.group(2));
  }

  String with(String arguments) {
    return body.replace("$ARGUMENTS", arguments);
  }
}

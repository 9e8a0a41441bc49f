package io.commandcenter.akm.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A slash command's file: the tools it may use without asking, and the calls it names.
 *
 * @param head the frontmatter
 */
public record CommandFile(String name, String head, String body) {
  public static final List<String> NAMES = List.of("api-config", "api-usage", "api-costs");

  private static final Pattern FRONTMATTER = Pattern.compile("(?s)\\A---\\n(.*?)\\n---\\n(.*)\\z");
  private static final Pattern ALLOWED = Pattern.compile("mcp__akm__([a-z_]+)");
  // As a plugin's server, the same server has another name.
  private static final Pattern OF_PLUGIN = Pattern.compile("mcp__plugin_akm_akm__([a-z_]+)");
  private static final Pattern CALL = Pattern.compile("`([a-z_]+)\\(([a-z_, ]*)\\)`");
  private static final Pattern RESOURCE = Pattern.compile("`(api://[a-z/]+)`");

  /**
   * @param arguments the names of what is given
   */
  public record Call(String tool, List<String> arguments) {}

  public static CommandFile read(String name) throws IOException {
    var text = Files.readString(Path.of(".claude/commands", name + ".md"));
    var parts = FRONTMATTER.matcher(text);
    if (!parts.matches()) {
      throw new AssertionError("no frontmatter in " + name);
    }
    return new CommandFile(name, parts.group(1), parts.group(2));
  }

  public List<String> allowed() {
    return all(ALLOWED, head);
  }

  /** The same tools, by the names they have when the plugin brings the server. */
  public List<String> allowedOfPlugin() {
    return all(OF_PLUGIN, head);
  }

  /** In the order of the steps. */
  public List<Call> calls() {
    return CALL.matcher(body)
        .results()
        .map(
            call ->
                new Call(
                    call.group(1),
                    call.group(2).isEmpty() ? List.of() : List.of(call.group(2).split(", ?"))))
        .toList();
  }

  public List<String> resources() {
    return all(RESOURCE, body).stream().distinct().toList();
  }

  private static List<String> all(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(match -> match.group(1)).toList();
  }
}

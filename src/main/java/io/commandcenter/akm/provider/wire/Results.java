package io.commandcenter.akm.provider.wire;

import io.commandcenter.akm.core.chat.Part;
import java.util.stream.Collectors;

/** Results of tools, for providers that take them as text. */
public final class Results {
  private Results() {}

  /**
   * The texts of a result, joined by line breaks.
   *
   * @param provider the name people know
   */
  public static String text(String provider, Part.ToolResult result) {
    return result.content().stream()
        .map(
            part -> {
              if (part instanceof Part.Text text) {
                return text.text();
              }
              throw Unsupported.by(provider, "images or documents in a tool's result");
            })
        .collect(Collectors.joining("\n"));
  }

  /** The same where no flag can say that it is an error: then the text does. */
  public static String marked(String provider, Part.ToolResult result) {
    var text = text(provider, result);
    return result.isError() ? "Error: " + text : text;
  }
}

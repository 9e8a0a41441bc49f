package io.commandcenter.akm.cli;

import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lines for a person: coloured only on a terminal, and not if NO_COLOR asks for none
 * (no-color.org).
 */
public final class Screen {
  private final PrintStream out;
  private final boolean coloured;
  private boolean drawn;
  private final Function<String, Optional<String>> asker;

  /** A screen in front of which nobody sits. */
  public Screen(PrintStream out, boolean coloured) {
    this(out, coloured, question -> Optional.empty());
  }

  /**
   * @param asker puts a question to a person; empty if there is none
   */
  public Screen(PrintStream out, boolean coloured, Function<String, Optional<String>> asker) {
    this.out = out;
    this.coloured = coloured;
    this.asker = asker;
  }

  public static Screen ofTerminal() {
    var console = System.console();
    return new Screen(
        System.out,
        console != null && System.getenv("NO_COLOR") == null,
        question ->
            console == null
                ? Optional.empty()
                : Optional.ofNullable(console.readLine("%s", question)));
  }

  /** Whether a person says yes; empty if there is nobody to ask. */
  Optional<Boolean> agrees(String question) {
    return asker.apply(question + " [y/N] ").map(said -> said.strip().matches("(?i)y(es)?"));
  }

  public void line(String text) {
    if (drawn) {
      out.print("\r\u001b[2K");
      drawn = false;
    }
    out.println(text);
  }

  /** Nothing is added to it. */
  void raw(String text) {
    out.print(text);
  }

  /**
   * Over the last redrawn line, on a terminal only: elsewhere each would be one more line.
   *
   * @param text empty to take the line away
   * @return false, and nothing is written, if this is no terminal
   */
  public boolean redraw(String text) {
    if (coloured) {
      out.print("\r\u001b[2K" + text);
      out.flush();
      drawn = !text.isEmpty();
    }
    return coloured;
  }

  public void title(int number, String text) {
    out.println();
    out.println(paint("1;36", number + "  " + text));
  }

  public String strong(String text) {
    return paint("1", text);
  }

  public String good(String text) {
    return paint("32", text);
  }

  public String bad(String text) {
    return paint("31", text);
  }

  public String warning(String text) {
    return paint("33", text);
  }

  public String faint(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}

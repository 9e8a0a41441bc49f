package io.commandcenter.akm.cli;

import java.io.PrintStream;

/**
 * Lines for a person: coloured only on a terminal, and not if NO_COLOR asks for none
 * (no-color.org).
 */
public final class Screen {
  private final PrintStream out;
  private final boolean coloured;

  public Screen(PrintStream out, boolean coloured) {
    this.out = out;
    this.coloured = coloured;
  }

  public static Screen ofTerminal() {
    return new Screen(System.out, System.console() != null && System.getenv("NO_COLOR") == null);
  }

  public void line(String text) {
    out.println(text);
  }

  /**
   * Overwrites the last live line; false, and nothing is written, if this is no terminal.
   *
   * @param text empty to take the line away
   */
  public boolean live(String text) {
    if (coloured) {
      out.print("\r\u001b[K" + text);
      out.flush();
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

  public String faint(String text) {
    return paint("2", text);
  }

  private String paint(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}

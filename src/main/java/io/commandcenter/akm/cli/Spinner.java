package io.commandcenter.akm.cli;

/** Shows on a terminal that something is waited for; elsewhere it shows nothing. */
final class Spinner {
  private static final String FRAMES = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";

  private final Screen screen;
  private final String text;
  private int frame;

  Spinner(Screen screen, String text) {
    this.screen = screen;
    this.text = text;
  }

  void turn() {
    screen.redraw(FRAMES.charAt(frame++ % FRAMES.length()) + " " + text);
  }

  void clear() {
    screen.redraw("");
  }
}

package io.commandcenter.akm.cli;

/** A share as a bar of eighth blocks. */
final class Bar {
  private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

  private Bar() {}

  /**
   * @param share 0 to 1; more is drawn as 1, and anything above 0 shows
   */
  static String of(double share, int width) {
    int eighths = (int) Math.round(Math.max(0, Math.min(1, share)) * width * 8);
    if (share > 0 && eighths == 0) {
      eighths = 1;
    }
    var bar = "█".repeat(eighths / 8) + (eighths % 8 == 0 ? "" : EIGHTHS.charAt(eighths % 8));
    return bar + "·".repeat(width - bar.length());
  }
}

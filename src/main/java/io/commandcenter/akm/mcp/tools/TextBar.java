package io.commandcenter.akm.mcp.tools;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** A share as text that every font shows: {@code [#######...] 70 %}. */
final class TextBar {
  private static final int WIDTH = 10;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private TextBar() {}

  /**
   * Of the whole, in percent with one decimal; above 100 if there is more. The whole is above 0.
   */
  static BigDecimal percent(BigDecimal part, BigDecimal whole) {
    return part.multiply(HUNDRED).divide(whole, 1, RoundingMode.HALF_UP);
  }

  /** Anything above 0 shows, and only what is whole is drawn full. */
  static String of(BigDecimal part, BigDecimal whole) {
    var percent = percent(part, whole);
    int full = part.compareTo(whole) >= 0 ? WIDTH : percent.intValue() * WIDTH / 100;
    int drawn = Math.min(WIDTH, part.signum() > 0 ? Math.max(1, full) : 0);
    return "[%s%s] %s %%"
        .formatted(
            "#".repeat(drawn),
            ".".repeat(WIDTH - drawn),
            percent.setScale(0, RoundingMode.HALF_UP).toPlainString());
  }
}

package io.commandcenter.akm.mcp.resources;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A readable document: a title, then paragraphs and tables, a blank line between each two. */
final class Markdown {
  private static final String NOTHING = "–";

  private final StringBuilder text = new StringBuilder();

  Markdown(String title) {
    text.append("# ").append(flat(title)).append('\n');
  }

  Markdown section(String title) {
    text.append("\n## ").append(flat(title)).append('\n');
    return this;
  }

  /** A paragraph of this service's own words. */
  Markdown say(String paragraph) {
    text.append('\n').append(flat(paragraph)).append('\n');
    return this;
  }

  /**
   * @param head names of columns; of those that begin with {@code >} the cells stand right
   * @param rows a null cell is shown as a dash
   */
  Markdown table(String head, Stream<Object[]> rows) {
    var columns = head.split(",");
    text.append('\n').append(row(Arrays.stream(columns).map(name -> name.replace(">", ""))));
    text.append(row(Arrays.stream(columns).map(name -> name.startsWith(">") ? "---:" : "---")));
    rows.forEach(cells -> text.append(row(Arrays.stream(cells).map(Markdown::cell))));
    return this;
  }

  String render() {
    return text.toString();
  }

  private static String row(Stream<String> cells) {
    return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  /** Nothing in a cell may end it, or its row. */
  private static String cell(Object value) {
    if (value instanceof BigDecimal dollars) {
      return usd(dollars);
    }
    if (value instanceof Instant time) {
      return utc(time);
    }
    if (value instanceof Long || value instanceof Integer) {
      return String.format(Locale.ROOT, "%,d", value);
    }
    return flat(Objects.toString(value, NOTHING)).replace("\\", "\\\\").replace("|", "\\|");
  }

  private static String flat(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Zl}\\p{Zp}]+", " ").strip();
  }

  /** At least two decimals, at most what a cost needs to be told from nothing. */
  static String usd(BigDecimal amount) {
    if (amount == null) {
      return NOTHING;
    }
    var plain = amount.setScale(6, RoundingMode.HALF_UP).stripTrailingZeros();
    var rounded = plain.setScale(Math.max(2, plain.scale()), RoundingMode.UNNECESSARY);
    return "$" + rounded.toPlainString();
  }

  /** To the second, for example {@code 2026-11-22 12:00:00 UTC}. */
  static String utc(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }

  /** A text bar of twenty characters. */
  static String bar(BigDecimal part, BigDecimal whole) {
    double share = whole.signum() <= 0 ? 1 : part.doubleValue() / whole.doubleValue();
    int full = (int) Math.round(20 * Math.min(1, Math.max(0, share)));
    return "█".repeat(full) + "░".repeat(20 - full);
  }
}

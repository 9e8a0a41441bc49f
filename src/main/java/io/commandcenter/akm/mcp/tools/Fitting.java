package io.commandcenter.akm.mcp.tools;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** As many rows as an answer may have: a model reads all of it, and pays for it. */
final class Fitting {
  static final int MOST_ROWS = 200;
  static final int MOST_BYTES = 60_000;

  private static final int LEAST_ROWS = 1;

  private Fitting() {}

  /**
   * The answer with the first rows, as many as fit; at least one, whatever its size.
   *
   * @param answer of the rows it is given, which may be fewer than there are
   */
  static <T> ToolAnswer.Told answer(List<T> rows, Function<List<T>, ToolAnswer.Told> answer) {
    int count = Math.min(rows.size(), MOST_ROWS);
    var told = answer.apply(rows.subList(0, count));
    while (count > LEAST_ROWS && size(told) > MOST_BYTES) {
      count = Math.max(LEAST_ROWS, count * 3 / 4);
      told = answer.apply(rows.subList(0, count));
    }
    return told;
  }

  private static int size(ToolAnswer.Told told) {
    return bytes(told.structured().encode()) + bytes(told.text());
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}

package io.commandcenter.akm.mcp.tools;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Rows in columns of equal width, as text; the first column stands left, the others right. */
final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();

  TextTable(String... head) {
    rows.add(List.of(head));
  }

  TextTable row(Object... cells) {
    rows.add(Arrays.stream(cells).map(cell -> Objects.toString(cell, "-")).toList());
    return this;
  }

  String render() {
    var text = new StringBuilder();
    for (var row : rows) {
      for (int column = 0; column < row.size(); column++) {
        text.append(column == 0 ? "" : "  ").append(pad(row.get(column), column));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private String pad(String cell, int column) {
    int width = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    var space = " ".repeat(width - cell.length());
    return column == 0 ? cell + space : space + cell;
  }

  /** At least two decimals, at most what a cost needs to be told from nothing. */
  static String usd(BigDecimal amount) {
    if (amount == null) {
      return "-";
    }
    var plain = amount.setScale(6, RoundingMode.HALF_UP).stripTrailingZeros();
    return "$"
        + plain.setScale(Math.max(2, plain.scale()), RoundingMode.UNNECESSARY).toPlainString();
  }
}

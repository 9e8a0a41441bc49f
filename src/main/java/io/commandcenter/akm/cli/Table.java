package io.commandcenter.akm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Columns as wide as their widest cell; colour codes take no room. */
final class Table {
  private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");

  private final List<List<String>> rows = new ArrayList<>();

  Table row(Object... cells) {
    var row = new ArrayList<String>(cells.length);
    for (var cell : cells) {
      row.add(cell == null ? "" : cell.toString());
    }
    rows.add(row);
    return this;
  }

  /** As {@link #print}, where the first row is a heading: with nothing under it, it says so. */
  void printList(Screen screen) {
    if (rows.size() == 1) {
      screen.line("   none");
    } else {
      print(screen);
    }
  }

  void print(Screen screen) {
    for (var row : rows) {
      var line = new StringBuilder("   ");
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i));
        if (i < row.size() - 1) {
          line.append(" ".repeat(width(i) - visible(row.get(i)) + 2));
        }
      }
      screen.line(line.toString().stripTrailing());
    }
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> row.size() > column)
        .mapToInt(row -> visible(row.get(column)))
        .max()
        .orElse(0);
  }

  private static int visible(String cell) {
    return COLOUR.matcher(cell).replaceAll("").length();
  }
}

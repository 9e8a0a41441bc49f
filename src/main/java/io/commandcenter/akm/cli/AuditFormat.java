package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** How an exported row is written. */
enum AuditFormat {
  /** One JSON object a line. */
  JSONL {
    @Override
    String head() {
      return "";
    }

    @Override
    String row(JsonObject row) {
      return row.encode() + "\n";
    }
  },

  /** RFC 4180, with a header. */
  CSV {
    @Override
    String head() {
      return String.join(",", COLUMNS) + "\r\n";
    }

    @Override
    String row(JsonObject row) {
      return COLUMNS.stream()
              .map(column -> cell(row.getValue(column)))
              .collect(Collectors.joining(","))
          + "\r\n";
    }
  };

  private static final List<String> COLUMNS =
      List.of("seq", "at", "principal", "action", "subject", "outcome", "detail");

  abstract String head();

  abstract String row(JsonObject row);

  private static String cell(Object value) {
    var text = value == null ? "" : value.toString();
    // A spreadsheet would run what begins like a formula (OWASP, CSV injection).
    if (!(value instanceof Number)
        && !text.isEmpty()
        && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0) {
      text = "'" + text;
    }
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}

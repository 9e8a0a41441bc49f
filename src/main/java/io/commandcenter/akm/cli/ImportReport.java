package io.commandcenter.akm.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** What an import has taken, what not, and why; never a key. */
final class ImportReport {
  /** How it went with one key. */
  enum Result {
    TAKEN("taken"),
    ROTATED("rotated"),
    WOULD_TAKE("would take"),
    WOULD_ROTATE("would rotate"),
    NOT_TAKEN("not taken"),
    FAILED("failed");

    private final String text;

    Result(String text) {
      this.text = text;
    }
  }

  /**
   * @param masked what may be shown of the key, or null
   * @param fingerprint as the vault knows it, or null
   * @param check what its provider says of it, or null
   * @param reason why it was not taken, or null
   */
  record Row(
      String source,
      String provider,
      String label,
      Result result,
      String keyId,
      String masked,
      String fingerprint,
      String check,
      String reason) {}

  private final List<Row> rows = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  void add(Row row) {
    rows.add(row);
  }

  void warn(String sentence) {
    warnings.add(sentence);
  }

  long count(Result... results) {
    return rows.stream().filter(row -> List.of(results).contains(row.result())).count();
  }

  JsonObject json() {
    var keys = new JsonArray();
    for (var row : rows) {
      var json =
          new JsonObject()
              .put("source", row.source())
              .put("provider", row.provider())
              .put("label", row.label())
              .put("result", row.result().text)
              .put("key_id", row.keyId())
              .put("masked", row.masked())
              .put("fingerprint", row.fingerprint())
              .put("check", row.check())
              .put("reason", row.reason());
      json.getMap().values().removeIf(java.util.Objects::isNull);
      keys.add(json);
    }
    return new JsonObject()
        .put("keys", keys)
        .put("taken", count(Result.TAKEN, Result.ROTATED))
        .put("not_taken", count(Result.NOT_TAKEN, Result.FAILED))
        .put("warnings", new JsonArray(warnings));
  }

  void print(Screen screen) {
    warnings.forEach(warning -> screen.line("warning: " + warning));
    var table =
        new Table()
            .row("found", "provider", "label", "result", "key", "fingerprint", "check", "reason");
    for (var row : rows) {
      var good = row.result() != Result.NOT_TAKEN && row.result() != Result.FAILED;
      table.row(
          row.source(),
          row.provider(),
          row.label(),
          good ? screen.good(row.result().text) : screen.bad(row.result().text),
          row.masked(),
          row.fingerprint(),
          row.check(),
          row.reason());
    }
    table.print(screen);
  }
}

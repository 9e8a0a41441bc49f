package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.AuditCalls.AuditRow;
import io.commandcenter.akm.core.audit.LogRow;
import io.vertx.sqlclient.Row;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Rows of the audit table as the rest of the program knows them. */
final class AuditRows {
  private AuditRows() {}

  static AuditRow shown(Row row) {
    return new AuditRow(
        row.getLong("seq"),
        Millis.read(row, "at"),
        row.getString("principal"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("outcome"),
        row.getString("detail"));
  }

  static LogRow logRow(Row row) {
    var n = row.getLong("n");
    var lines = row.getLong("lines");
    return new LogRow(
        row.getLong("seq"),
        row.getLong("at"),
        row.getString("principal"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("outcome"),
        row.getString("detail"),
        row.getString("node"),
        n == null ? 0 : n,
        lines == null ? 0 : lines,
        Blob.read(row, "mac"));
  }

  /** Takes what it finds: a column that holds something else than it should reads as 0 or null. */
  static LogRow logRow(ResultSet row) throws SQLException {
    return new LogRow(
        row.getLong("seq"),
        row.getLong("at"),
        row.getString("principal"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("outcome"),
        row.getString("detail"),
        row.getString("node"),
        row.getLong("n"),
        row.getLong("lines"),
        row.getBytes("mac"));
  }
}

package io.commandcenter.akm.store;

import io.commandcenter.akm.core.audit.AuditCheck;
import io.commandcenter.akm.core.audit.AuditReport;
import io.commandcenter.akm.core.audit.ChainKey;
import io.commandcenter.akm.core.audit.Checkpoint;
import io.commandcenter.akm.core.audit.CheckpointLine;
import io.commandcenter.akm.core.audit.LogRow;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * Checks the audit log of a data file, read-only, also while a service writes to it. All of it
 * blocks; the rows are read one after the other, however many they are.
 */
public final class AuditVerification {
  private static final int TELL_EVERY = 10_000;

  private final Path database;
  private final CheckpointFile checkpoints;
  private final ChainKey key;

  /**
   * @param database the data file
   * @param checkpoints the checkpoint file, whether it exists or not
   */
  public AuditVerification(Path database, Path checkpoints, ChainKey key) {
    this.database = database;
    this.checkpoints = new CheckpointFile(checkpoints);
    this.key = key;
  }

  /**
   * @param since from the first row of then on; null for the whole log
   * @param progress hears now and then how many rows were checked
   * @throws IllegalStateException if the data was made by an older version and not yet opened by
   *     this one
   */
  public AuditReport run(Instant since, LongConsumer progress) throws SQLException, IOException {
    try (var connection = DriverManager.getConnection(Database.readOnlyUrl(database))) {
      refuseOldSchema(connection);
      // In this order: what the record knows stands in the file, and what the settled part of the
      // file vouches for is among the rows, also if the service goes on meanwhile.
      var records = records(connection);
      var settled = checkpoints.size();
      connection.setAutoCommit(false);
      return checkpoints.read(settled, lines -> check(connection, lines, records, since, progress));
    }
  }

  private static void refuseOldSchema(Connection connection) throws SQLException {
    var sql = "select count(*) from pragma_table_info('audit') where name = 'mac'";
    if (number(connection, sql) == 0) {
      throw new IllegalStateException(
          "this data was made by an older version: start the service once, then check it");
    }
  }

  private AuditReport check(
      Connection connection,
      Iterator<CheckpointLine> lines,
      Map<String, Checkpoint> records,
      Instant since,
      LongConsumer progress) {
    try {
      long counter =
          number(
              connection, "select coalesce(max(seq), 0) from sqlite_sequence where name = 'audit'");
      var first = since == null ? 1 : firstSince(connection, since, counter);
      var before = before(connection, first);
      var from = before.isEmpty() ? Long.MIN_VALUE : first;
      var check = new AuditCheck(key, lines, before, from);
      rows(connection, from, check, progress);
      return check.end(records, counter);
    } catch (SQLException e) {
      throw new IllegalStateException("the audit log cannot be read: " + e.getMessage(), e);
    }
  }

  private static void rows(
      Connection connection, long from, AuditCheck check, LongConsumer progress)
      throws SQLException {
    try (var statement =
        connection.prepareStatement("select * from audit where seq >= ? order by seq")) {
      statement.setLong(1, from);
      try (var rows = statement.executeQuery()) {
        long count = 0;
        while (rows.next()) {
          check.row(AuditRows.logRow(rows));
          count++;
          if (count % TELL_EVERY == 0) {
            progress.accept(count);
          }
        }
        progress.accept(count);
      }
    }
  }

  private static long firstSince(Connection connection, Instant since, long counter)
      throws SQLException {
    try (var statement =
        connection.prepareStatement("select coalesce(min(seq), ?) from audit where at >= ?")) {
      statement.setLong(1, counter + 1);
      statement.setLong(2, Millis.of(since));
      try (var rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  /** The last row of each node before the first that is checked. */
  private static List<LogRow> before(Connection connection, long first) throws SQLException {
    var sql =
        """
        select * from audit where (node, n) in
          (select node, max(n) from audit where node is not null and seq < ? group by node)
        order by seq limit 256""";
    try (var statement = connection.prepareStatement(sql)) {
      statement.setLong(1, first);
      try (var rows = statement.executeQuery()) {
        var found = new ArrayList<LogRow>();
        while (rows.next()) {
          found.add(AuditRows.logRow(rows));
        }
        return found;
      }
    }
  }

  /** A record that cannot be read stands as null. */
  private static Map<String, Checkpoint> records(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select node, line from audit_checkpoint limit 256")) {
      var records = new HashMap<String, Checkpoint>();
      while (rows.next()) {
        var line = rows.getString(2);
        records.put(
            rows.getString(1), line == null ? null : CheckpointJson.parse(line).orElse(null));
      }
      return records;
    }
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }
}

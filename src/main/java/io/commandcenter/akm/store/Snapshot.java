package io.commandcenter.akm.store;

import io.commandcenter.akm.core.crypto.SealedSecret;
import io.commandcenter.akm.core.keys.KeyState;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a copy of the database holds. Read over plain JDBC, read-only, before anything of it is
 * trusted.
 *
 * @param keyrings every generation, the active one first; empty if it has no vault
 * @param rows of every table, by its name
 */
public record Snapshot(List<StoredKeyring> keyrings, int schemaVersion, Map<String, Long> rows) {
  // SQLITE_OPEN_READONLY of https://sqlite.org/c3ref/open.html
  private static final String READ_ONLY = "?busy_timeout=5000&open_mode=1";
  private static final String NAME = "[a-z_]{1,64}";

  public Snapshot {
    keyrings = List.copyOf(keyrings);
    rows = Collections.unmodifiableMap(new TreeMap<>(rows));
  }

  /** The newest schema that this program can open. */
  public static int newestSchema() {
    return Migrations.sqlite().newest();
  }

  /**
   * A consistent copy without free pages, so that nothing deleted is in it. It holds a read
   * transaction only: with a write-ahead log, writers do not wait for it.
   */
  static void copy(Path database, Path target) throws SQLException {
    try (var connection = open(database);
        var vacuum = connection.prepareStatement("vacuum into ?")) {
      vacuum.setString(1, target.toString());
      vacuum.execute();
    }
  }

  /** The file is no database of this program. */
  public static final class Unreadable extends IOException {
    private static final long serialVersionUID = 1;

    Unreadable(Path file, SQLException cause) {
      super(file + " is no database of akm, or a damaged one", cause);
    }
  }

  /** Blocks. */
  public static Snapshot read(Path file) throws Unreadable {
    try (var connection = open(file);
        var statement = connection.createStatement()) {
      return new Snapshot(keyrings(statement), schema(statement), rows(statement));
    } catch (SQLException e) {
      throw new Unreadable(file, e);
    }
  }

  /** Every version that still has a ciphertext; blocks. */
  public static List<KeyVersion> sealedVersions(Path file) throws Unreadable {
    var versions = new ArrayList<KeyVersion>();
    try (var connection = open(file);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select key_id, version, state, ciphertext, data_key_id, origin_hash
                from key_version where ciphertext is not null order by key_id, version""")) {
      while (rows.next()) {
        versions.add(version(rows));
      }
    } catch (SQLException e) {
      throw new Unreadable(file, e);
    }
    return versions;
  }

  private static KeyVersion version(ResultSet row) throws SQLException {
    return new KeyVersion(
        row.getString(1),
        row.getInt(2),
        KeyState.ofSlug(row.getString(3)),
        new SealedSecret(row.getBytes(4), row.getLong(5)),
        row.getString(6));
  }

  private static List<StoredKeyring> keyrings(Statement statement) throws SQLException {
    var keyrings = new ArrayList<StoredKeyring>();
    try (var rows = statement.executeQuery(KeyringStore.GENERATIONS)) {
      while (rows.next()) {
        keyrings.add(
            new StoredKeyring(
                rows.getString(1),
                rows.getInt(2),
                rows.getBytes(3),
                rows.getBytes(4),
                rows.getString(5),
                rows.getInt(6) == 1));
      }
    }
    return keyrings;
  }

  private static int schema(Statement statement) throws SQLException {
    try (var rows = statement.executeQuery("select max(version) from schema_migration")) {
      return rows.next() ? rows.getInt(1) : 0;
    }
  }

  private static Map<String, Long> rows(Statement statement) throws SQLException {
    var counts = new TreeMap<String, Long>();
    for (var table : tables(statement)) {
      try (var rows = statement.executeQuery("select count(*) from \"" + table + "\"")) {
        counts.put(table, rows.next() ? rows.getLong(1) : 0);
      }
    }
    return counts;
  }

  private static List<String> tables(Statement statement) throws SQLException {
    var tables = new ArrayList<String>();
    try (var rows =
        statement.executeQuery(
            """
            select name from sqlite_schema where type = 'table' and name not like 'sqlite%'""")) {
      while (rows.next()) {
        // A name is part of a statement here, so it may only be one of ours.
        if (rows.getString(1).matches(NAME)) {
          tables.add(rows.getString(1));
        }
      }
    }
    return tables;
  }

  private static Connection open(Path file) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file + READ_ONLY);
  }
}

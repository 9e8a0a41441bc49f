package io.commandcenter.akm.store;

import io.commandcenter.akm.core.crypto.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * Numbered SQL files, each applied once in its own transaction and remembered with its checksum.
 *
 * <p>Runs at boot over plain JDBC: the asynchronous client runs only the first of several
 * statements.
 */
final class Migrations {
  private record Script(int version, String file, List<String> statements, String checksum) {}

  private final List<Script> scripts;

  private Migrations(List<Script> scripts) {
    this.scripts = scripts;
  }

  static Migrations sqlite() {
    return of(
        "db/sqlite/",
        List.of(
            "V001__keys_and_tokens.sql",
            "V002__usage.sql",
            "V003__key_life.sql",
            "V004__rotation.sql",
            "V005__audit_chain.sql",
            "V006__access.sql",
            "V007__seal.sql",
            "V008__usage_by_provider.sql",
            "V009__budget_setting.sql"));
  }

  static Migrations of(String folder, List<String> files) {
    List<Script> scripts = new ArrayList<>();
    for (var file : files) {
      var sql = read(folder + file);
      scripts.add(new Script(scripts.size() + 1, file, statements(sql), checksum(sql)));
    }
    return new Migrations(List.copyOf(scripts));
  }

  /** The newest schema that this program knows. */
  int newest() {
    return scripts.size();
  }

  /** Brings the database to the newest known schema and gives its version. */
  int apply(String url) throws SQLException {
    try (var connection = DriverManager.getConnection(url)) {
      var applied = applied(connection);
      refuseUnknown(applied);
      for (var script : scripts) {
        var checksum = applied.get(script.version());
        if (checksum == null) {
          run(connection, script);
        } else if (!checksum.equals(script.checksum())) {
          throw new IllegalStateException(
              "schema migration "
                  + script.file()
                  + " differs from the one this data was made with");
        }
      }
      return scripts.size();
    }
  }

  private void refuseUnknown(TreeMap<Integer, String> applied) {
    if (!applied.isEmpty() && applied.lastKey() > scripts.size()) {
      throw new IllegalStateException(
          "the data has schema version "
              + applied.lastKey()
              + ", this program knows up to "
              + scripts.size()
              + "; start the newer program");
    }
  }

  private static TreeMap<Integer, String> applied(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          """
          create table if not exists schema_migration (
            version integer primary key, file text not null, checksum text not null, applied_at text not null)""");
      var applied = new TreeMap<Integer, String>();
      try (var rows = statement.executeQuery("select version, checksum from schema_migration")) {
        while (rows.next()) {
          applied.put(rows.getInt(1), rows.getString(2));
        }
      }
      return applied;
    }
  }

  private static void run(Connection connection, Script script) throws SQLException {
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement();
        var remember =
            connection.prepareStatement("insert into schema_migration values (?, ?, ?, ?)")) {
      for (var sql : script.statements()) {
        statement.execute(sql);
      }
      remember.setInt(1, script.version());
      remember.setString(2, script.file());
      remember.setString(3, script.checksum());
      remember.setString(4, Instant.now().toString());
      remember.executeUpdate();
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    } finally {
      connection.setAutoCommit(true);
    }
  }

  /** Statements end with a semicolon at the end of a line; comments are whole lines. */
  private static List<String> statements(String sql) {
    var code = sql.replaceAll("(?m)^\\s*--.*$", "");
    return java.util.Arrays.stream(code.split(";\\s*(?:\\R|$)"))
        .map(String::strip)
        .filter(statement -> !statement.isEmpty())
        .toList();
  }

  private static String read(String resource) {
    try (InputStream in = Migrations.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String checksum(String sql) {
    return HexFormat.of().formatHex(Sha256.of(sql));
  }
}

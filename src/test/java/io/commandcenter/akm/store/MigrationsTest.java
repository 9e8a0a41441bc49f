package io.commandcenter.akm.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
  @TempDir Path folder;
  private String url;

  @BeforeEach
  void nameAFile() {
    url = "jdbc:sqlite:" + folder.resolve("akm.db");
  }

  private void run(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private long count(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void makesTheTablesOnce() throws SQLException {
    int version = Migrations.sqlite().apply(url);
    assertEquals(version, Migrations.sqlite().apply(url));
    assertEquals(version, count("select count(*) from schema_migration"));
    assertEquals(0, count("select count(*) from usage_event"));
  }

  @Test
  void refusesAScriptThatHasChangedSinceItRan() throws SQLException {
    Migrations.sqlite().apply(url);
    run("update schema_migration set checksum = 'another' where version = 2");
    var refusal = assertThrows(IllegalStateException.class, () -> Migrations.sqlite().apply(url));
    assertTrue(refusal.getMessage().contains("V002__usage.sql differs"), refusal.getMessage());
  }

  @Test
  void refusesANewerSchema() throws SQLException {
    Migrations.sqlite().apply(url);
    run("insert into schema_migration values (99, 'V099__later.sql', 'x', 'later')");
    var refusal = assertThrows(IllegalStateException.class, () -> Migrations.sqlite().apply(url));
    assertTrue(refusal.getMessage().contains("schema version 99"), refusal.getMessage());
  }

  @Test
  void leavesNothingOfAScriptThatFailed() throws SQLException {
    var broken = Migrations.of("db/broken/", List.of("V001__half.sql"));
    assertThrows(SQLException.class, () -> broken.apply(url));
    assertEquals(0, count("select count(*) from sqlite_master where name = 'half'"));
    assertEquals(0, count("select count(*) from schema_migration"));
  }

  @Test
  void saysWhichScriptIsMissing() {
    var refusal =
        assertThrows(
            IllegalStateException.class,
            () -> Migrations.of("db/broken/", List.of("V009__gone.sql")));
    assertTrue(refusal.getMessage().contains("V009__gone.sql"));
  }
}

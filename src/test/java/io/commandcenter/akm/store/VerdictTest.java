package io.commandcenter.akm.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.commandcenter.akm.core.audit.Finding;
import io.commandcenter.akm.testkit.TestVertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The check says exactly what was done: kind, first bad row (seq/n), how many. The log has 5 rows
 * older than the chain, main is 6 to 36 (its first row binds the older ones), spare is 37 to 47.
 * Seen failing with the signatures of checkpoints unchecked, their order unchecked, and numbers
 * that are missing from a chain unreported.
 */
class VerdictTest {
  @TempDir static Path original;
  @TempDir Path copy;

  @BeforeAll
  static void write() throws Exception {
    try (var test = new TestVertx()) {
      AuditLogs.write(test.vertx(), original, 5, 30, new Random(3));
    }
    AuditLogs.dropTheGuards(original);
  }

  private void copy() throws IOException {
    for (var file : List.of(AuditLogs.database(original), AuditLogs.checkpoints(original))) {
      Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private String verdict() throws Exception {
    return AuditLogs.check(copy).findings().stream()
        .map(VerdictTest::text)
        .collect(Collectors.joining(", "));
  }

  private static String text(Finding finding) {
    return finding.kind().slug()
        + " "
        + (finding.seq() == null ? "line " + finding.line() : finding.seq())
        + "/"
        + finding.n()
        + " x"
        + finding.count();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update audit set detail = 'x' where seq = 10|edited 10/5 x1",
        "update audit set mac = zeroblob(32) where seq = 10|edited 10/5 x1",
        "update audit set n = 300 where seq = 10|edited 10/300 x1",
        "update audit set detail = 'x' where seq in (10, 20)|edited 10/5 x2",
        "update audit set detail = 'x' where seq = 3|edited 1/null x1",
        "delete from audit where seq in (10, 11)|deleted 12/5 x2",
        "delete from audit where seq = 3|deleted 1/null x1",
        "delete from audit where seq >= 46|truncated 46/10 x2",
        "delete from audit where node = 'spare'|truncated 37/1 x11",
        "insert into audit select 99, at, principal, action, subject, outcome, detail, null, null,"
            + " null, null from audit where seq = 3|inserted 99/null x1",
        "update audit set mac = randomblob(32) where seq >= 20 and node = 'main'|"
            + "restamped 20/15 x17",
      })
  void saysWhatWasDone(String tampering, String expected) throws Exception {
    copy();
    try (var log = AuditLogs.tamper(copy);
        var statement = log.createStatement()) {
      statement.execute(tampering);
    }
    assertEquals(expected, verdict());
  }

  @Test
  void saysThatRowsChangedPlaces() throws Exception {
    copy();
    try (var log = AuditLogs.tamper(copy);
        var statement = log.createStatement()) {
      statement.execute("update audit set seq = -1 where seq = 10");
      statement.execute("update audit set seq = 10 where seq = 11");
      statement.execute("update audit set seq = 11 where seq = -1");
    }
    assertEquals("reordered 11/5 x1", verdict());
  }

  @Test
  void saysThatAChainWithTheRightKeyIsNotTheOneThatWasSigned() throws Exception {
    copy();
    try (var log = AuditLogs.tamper(copy)) {
      new RowTampers(log, new Random(1)).restamp(AuditLogs.KEY);
    }
    assertEquals("restamped", verdict().split(" ")[0]);
  }

  @Test
  void saysWhichLineOfTheCheckpointsWasEditedOrCut() throws Exception {
    copy();
    var file = AuditLogs.checkpoints(copy);
    var lines = Files.readAllLines(file);
    Files.write(file, lines.subList(0, lines.size() - 1));
    assertEquals("checkpoint-cut line null/null x1", verdict());

    var edited = new java.util.ArrayList<>(lines);
    edited.set(2, edited.get(2).replace("\"at\":\"2026", "\"at\":\"2025"));
    Files.write(file, edited);
    assertEquals("checkpoint-edited line 3/null x1", verdict());

    edited.remove(2);
    Files.write(file, edited);
    assertEquals("checkpoint-cut line 3/null x1", verdict());

    edited.add(2, edited.get(1));
    Files.write(file, edited);
    assertEquals("checkpoint-edited line 3/null x1, checkpoint-cut line 4/null x1", verdict());
  }
}

package io.commandcenter.akm.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.TestVertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody has the data file, the checkpoint file, or both, and changes them at random: each change
 * is found, and what nobody changed is found intact.
 *
 * <p>Seen failing with each of these left out: comparing MACs, rows that stand elsewhere than their
 * number says, truncation against the checkpoints, comparing rows with checkpoints, binding the
 * older rows, missing checkpoint lines, the database's record of the last one, and what the rows
 * say of their number.
 */
class TamperingTest {
  private static final int ROUNDS = Boolean.getBoolean("akm.soak") ? 1000 : 100;

  @TempDir static Path original;
  @TempDir static Path open;
  @TempDir Path copy;
  private static TestVertx test;

  @BeforeAll
  static void write() throws Exception {
    test = new TestVertx();
    AuditLogs.write(test.vertx(), original, 12, 120, new Random(7));
    copy(original, open);
    AuditLogs.dropTheGuards(open);
  }

  @AfterAll
  static void close() {
    test.close();
  }

  private static void copy(Path from, Path to) throws IOException {
    for (var file : List.of(AuditLogs.database(from), AuditLogs.checkpoints(from))) {
      Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Test
  void findsALogIntactThatNobodyTouched() throws Exception {
    var report = AuditLogs.check(original);

    assertEquals(List.of(), report.findings());
    assertEquals(12, report.older());
    assertEquals(12 + 1 + 120 + 1 + 40, report.rows());
    assertEquals(List.of("main", "spare"), report.nodes().stream().map(n -> n.node()).toList());
    report.nodes().forEach(node -> assertEquals(node.n(), node.signed()));
    assertTrue(report.checkpoints() > 20, "checkpoints: " + report.checkpoints());
  }

  @Test
  void findsEveryChangeOfTheRows() throws Exception {
    var missed = new ArrayList<String>();
    for (int round = 0; round < ROUNDS * 7 / 10; round++) {
      copy(open, copy);
      String done;
      try (var log = AuditLogs.tamper(copy)) {
        done = new RowTampers(log, new Random(round)).any();
      }
      if (AuditLogs.check(copy).intact()) {
        missed.add(done);
      }
    }
    assertEquals(List.of(), missed);
  }

  @Test
  void findsEveryChangeOfTheCheckpoints() throws Exception {
    var missed = new ArrayList<String>();
    for (int round = 0; round < ROUNDS * 3 / 10; round++) {
      copy(open, copy);
      String done;
      try (var log = AuditLogs.tamper(copy)) {
        done = new CheckpointTampers(AuditLogs.checkpoints(copy), log, new Random(round)).any();
      }
      if (AuditLogs.check(copy).intact()) {
        missed.add(done);
      }
    }
    assertEquals(List.of(), missed);
  }

  @Test
  void seesNoChangeInTheDroppingOfTheGuardsAlone() throws Exception {
    assertTrue(AuditLogs.check(open).intact());
  }
}

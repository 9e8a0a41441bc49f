package io.commandcenter.akm.store;

import static io.commandcenter.akm.testkit.TestVertx.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.commandcenter.akm.testkit.TestVertx;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** How long writes wait while the data is copied: 100 MB with the long rounds, else 5 MB. */
class BackupStallTest {
  private static final int MEGABYTES = Boolean.getBoolean("akm.soak") ? 100 : 5;

  @TempDir Path folder;

  @Test
  void writesGoOnWhileTheDataIsCopied(TestReporter reporter) throws Exception {
    try (var test = new TestVertx()) {
      var file = folder.resolve("akm.db");
      var database = await(Database.open(test.vertx(), file));
      fill(file);
      var alone = new ArrayList<Long>();
      await(writeUntil(database, alone, test.vertx().timer(1, TimeUnit.SECONDS)));

      var waits = new ArrayList<Long>();
      var target = Files.createFile(folder.resolve("copy.db"));
      long began = System.nanoTime();
      var copied = database.copyTo(target);
      var writing = writeUntil(database, waits, copied);
      var snapshot = copied.await(120, TimeUnit.SECONDS);
      long took = System.nanoTime() - began;
      await(writing);
      await(database.close());

      reporter.publishEntry(
          "copy of " + Files.size(target) / 1_000_000 + " MB",
          "took "
              + took / 1_000_000
              + " ms; writes waited "
              + told(waits)
              + "; alone "
              + told(alone));
      assertTrue(snapshot.rows().get("notice") >= MEGABYTES * 1000);
      assertTrue(!waits.isEmpty(), "nothing was written meanwhile");
      // A stalled writer would wait as long as the copy takes.
      assertTrue(
          MEGABYTES < 100 || Collections.max(waits) < took / 2, "a write waited " + told(waits));
    }
  }

  private static void fill(Path file) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("pragma busy_timeout = 5000");
      statement.execute(
          """
          with recursive n (i) as (select 1 union all select i + 1 from n where i < %d)
          insert into notice (event_id, kind, subject, once, detail, at, state)
          select 'filler_' || i, 'filler', 'x', 'filler/' || i, hex(randomblob(450)), i, 'unsent'
          from n"""
              .formatted(MEGABYTES * 1000));
    }
  }

  /** One write after the other, each measured, until the other is done. */
  private static Future<Void> writeUntil(Database database, List<Long> waits, Future<?> other) {
    var done = new AtomicBoolean();
    other.onComplete(ended -> done.set(true));
    return writeUntil(database, waits, done);
  }

  private static Future<Void> writeUntil(Database database, List<Long> waits, AtomicBoolean done) {
    if (done.get()) {
      return Future.succeededFuture();
    }
    long began = System.nanoTime();
    return database
        .write(
            connection ->
                connection
                    .query(
                        """
                        insert into notice (event_id, kind, subject, once, detail, at, state)
                        values (hex(randomblob(9)), 'k', 's', hex(randomblob(9)), 'd', 1, 'unsent')""")
                    .execute())
        .compose(
            written -> {
              waits.add(System.nanoTime() - began);
              return writeUntil(database, waits, done);
            });
  }

  private static String told(List<Long> waits) {
    var sorted = waits.stream().sorted().toList();
    return "median %.1f ms, p99 %.1f ms, longest %.1f ms of %d"
        .formatted(at(sorted, 0.5), at(sorted, 0.99), at(sorted, 1), sorted.size());
  }

  private static double at(List<Long> sorted, double share) {
    return sorted.get((int) ((sorted.size() - 1) * share)) / 1e6;
  }
}

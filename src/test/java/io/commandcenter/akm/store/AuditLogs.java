package io.commandcenter.akm.store;

import static io.commandcenter.akm.testkit.TestVertx.await;

import io.commandcenter.akm.core.audit.AuditReport;
import io.commandcenter.akm.core.audit.ChainKey;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.commandcenter.akm.vault.MovingClock;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;

/** Audit logs on the disk as a service leaves them, and what a check says of them. */
final class AuditLogs {
  static final String VAULT = "vault_1";
  static final Keyring KEYRING = Keyring.create(new SecureRandom());
  static final ChainKey KEY = new ChainKey(VAULT, KEYRING);

  private AuditLogs() {}

  static Path database(Path folder) {
    return folder.resolve("akm.db");
  }

  static Path checkpoints(Path folder) {
    return folder.resolve("audit-checkpoints.jsonl");
  }

  static AuditStore store(Database database, String node) {
    return AuditStore.of(database, new Seal.Open(VAULT, KEYRING), node);
  }

  /**
   * Two nodes one after the other, the first over rows that are older than any chain; each writes
   * checkpoints now and then, and one when it stops.
   */
  static void write(Vertx vertx, Path folder, int older, int rows, Random random) {
    var database = await(Database.open(vertx, database(folder)));
    for (int i = 0; i < older; i++) {
      olderRow(database, i);
    }
    run(vertx, folder, database, "main", rows, random);
    run(vertx, folder, database, "spare", rows / 3, random);
    await(database.close());
  }

  private static void olderRow(Database database, int i) {
    await(
        database.write(
            connection ->
                connection
                    .preparedQuery(
                        """
                        insert into audit (at, principal, action, subject, outcome, detail)
                        values (?, ?, 'key.add', ?, 'ok', 'version=1')""")
                    .execute(Tuple.of(1_790_000_000_000L + i, "tok_old" + i, "key_old" + i))));
  }

  private static void run(
      Vertx vertx, Path folder, Database database, String node, int rows, Random random) {
    var clock = new MovingClock();
    var audit = store(database, node);
    var signed = new AuditCheckpoints(vertx, database, audit, checkpoints(folder), clock);
    await(audit.begin(clock.instant()));
    await(signed.open());
    for (int i = 0; i < rows; i++) {
      clock.move(Duration.ofMillis(random.nextInt(5000)));
      await(audit.append(entry(clock, random)));
      if (random.nextInt(4) == 0) {
        await(signed.tick());
      }
    }
    await(signed.close());
  }

  static AuditEntry entry(MovingClock clock, Random random) {
    var action = Action.values()[random.nextInt(Action.values().length)];
    var detail =
        AuditDetail.NONE
            .with(Field.PROVIDER, "anthropic")
            .with(Field.VERSION, random.nextInt(9))
            .with(Field.REQUEST, random.nextBoolean() ? null : "req_" + random.nextInt(1000));
    var who = "tok_" + random.nextInt(5);
    var about = "key_" + random.nextInt(20);
    return random.nextInt(10) == 0
        ? AuditEntry.denied(clock.instant(), who, action, about, detail)
        : AuditEntry.ok(clock.instant(), who, action, about, detail);
  }

  static AuditReport check(Path folder) throws Exception {
    return new AuditVerification(database(folder), checkpoints(folder), KEY).run(null, rows -> {});
  }

  /** As somebody who has the file: the program's own guards are no hindrance. */
  static void dropTheGuards(Path folder) throws SQLException {
    try (var connection = tamper(folder);
        var statement = connection.createStatement()) {
      statement.execute("pragma journal_mode = delete");
      statement.execute("drop trigger audit_is_not_edited");
      statement.execute("drop trigger audit_is_not_cut");
      statement.execute("drop index audit_chain");
    }
  }

  static Connection tamper(Path folder) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sqlite:" + database(folder) + "?synchronous=OFF&journal_mode=MEMORY");
  }
}

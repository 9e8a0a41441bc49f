package io.commandcenter.akm.store;

import io.commandcenter.akm.core.audit.ChainKey;
import io.commandcenter.akm.core.audit.Checkpoint;
import io.commandcenter.akm.core.audit.LogRow;
import io.commandcenter.akm.core.audit.OlderRows;
import io.commandcenter.akm.store.AuditDetail.Field;
import io.commandcenter.akm.store.AuditEntry.Action;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Appends the rows of one node, each bound to the one before. */
final class AuditChain {
  private static final int OLDER_AT_ONCE = 500;

  /**
   * How far the chain has come within a transaction. It is used in no other: what one writes may be
   * rolled back, and the next must look again.
   *
   * @param seq the highest that was given out, also to rows that are gone
   */
  private record Head(Transaction of, long seq, long n, byte[] mac) {}

  private final ChainKey key;
  private final String node;
  private final AtomicLong lines = new AtomicLong();
  private volatile Head known;

  AuditChain(ChainKey key, String node) {
    this.key = key;
    this.node = node;
  }

  ChainKey key() {
    return key;
  }

  String node() {
    return node;
  }

  /** From now on rows say that so many checkpoints stand. */
  void checkpointed(long line) {
    lines.set(line);
  }

  Future<Void> append(SqlConnection connection, AuditEntry entry) {
    return head(connection)
        .compose(head -> begun(connection, head, entry.at()))
        .compose(head -> insert(connection, head, entry))
        .mapEmpty();
  }

  /** Begins the chain if there are older rows for it to bind; otherwise it begins by itself. */
  Future<Void> begin(SqlConnection connection, Instant at) {
    return head(connection).compose(head -> begun(connection, head, at)).mapEmpty();
  }

  private Future<Head> head(SqlConnection connection) {
    var head = known;
    var transaction = connection.transaction();
    if (head != null && transaction != null && head.of() == transaction) {
      return Future.succeededFuture(head);
    }
    return connection
        .preparedQuery(
            """
            select given.seq as seq, n, mac
            from (select coalesce(max(seq), 0) as seq from sqlite_sequence where name = 'audit')
              as given
            left join (select n, mac from audit where node = ? order by n desc limit 1) on true""")
        .execute(Tuple.of(node))
        .map(
            rows -> {
              var row = rows.iterator().next();
              return row.getLong("n") == null
                  ? new Head(transaction, row.getLong("seq"), 0, ChainKey.NO_MAC)
                  : new Head(
                      transaction, row.getLong("seq"), row.getLong("n"), Blob.read(row, "mac"));
            });
  }

  private Future<Head> begun(SqlConnection connection, Head head, Instant at) {
    if (head.n() > 0) {
      return Future.succeededFuture(head);
    }
    return older(connection, new OlderRows(), 0)
        .compose(
            older ->
                older.count() == 0
                    ? Future.succeededFuture(head)
                    : insert(connection, head, start(older, at)));
  }

  /** Page by page: there may be many, and they are read this once. */
  private static Future<OlderRows> older(SqlConnection connection, OlderRows older, long after) {
    return connection
        .preparedQuery(
            "select * from audit where seq > ? and node is null order by seq limit "
                + OLDER_AT_ONCE)
        .execute(Tuple.of(after))
        .compose(
            rows -> {
              long last = after;
              for (var row : rows) {
                var read = AuditRows.logRow(row);
                older.add(read);
                last = read.seq();
              }
              return rows.size() < OLDER_AT_ONCE
                  ? Future.succeededFuture(older)
                  : older(connection, older, last);
            });
  }

  private AuditEntry start(OlderRows older, Instant at) {
    var detail =
        AuditDetail.NONE.with(Field.COUNT, older.count()).with(Field.DIGEST, older.digest());
    return AuditEntry.ok(at, "akm", Action.AUDIT_START, node, detail);
  }

  private Future<Head> insert(SqlConnection connection, Head head, AuditEntry entry) {
    var row =
        new LogRow(
            head.seq() + 1,
            Millis.of(entry.at()),
            entry.principal(),
            entry.action().text(),
            entry.subject(),
            entry.outcome().text(),
            entry.detail().text(),
            node,
            head.n() + 1,
            lines.get(),
            null);
    var mac = key.mac(row, head.mac());
    return connection
        .preparedQuery(
            """
            insert into audit (seq, at, principal, action, subject, outcome, detail, node, n,
              lines, mac)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""")
        .execute(
            Tuple.of(row.seq(), row.at(), row.principal(), row.action(), row.subject())
                .addString(row.outcome())
                .addString(row.detail())
                .addString(node)
                .addLong(row.n())
                .addLong(row.lines())
                .addValue(mac))
        .map(
            inserted -> {
              var next = new Head(head.of(), row.seq(), row.n(), mac);
              known = next;
              return next;
            });
  }

  /** How far the chain has come on the disk; empty before its first row. */
  Future<Optional<Checkpoint.Head>> committed(Database database) {
    return database
        .read(
            "select seq, n, mac from audit where node = ? order by n desc limit 1", Tuple.of(node))
        .map(
            rows -> {
              if (rows.size() == 0) {
                return Optional.empty();
              }
              var row = rows.iterator().next();
              return Optional.of(
                  new Checkpoint.Head(
                      node, row.getLong("n"), Blob.read(row, "mac"), row.getLong("seq")));
            });
  }
}

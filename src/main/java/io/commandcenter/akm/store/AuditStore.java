package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.AuditCalls.AuditPage;
import io.commandcenter.akm.contract.AuditCalls.AuditRow;
import io.commandcenter.akm.contract.AuditCalls.ListAudit;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;

/** The audit log: rows are appended and read; the schema refuses anything else. */
public final class AuditStore {
  private final Database database;

  public AuditStore(Database database) {
    this.database = database;
  }

  /** For what is logged without a change of its own; succeeds when the row is durable. */
  public Future<Void> append(AuditEntry entry) {
    return database.write(connection -> append(connection, entry));
  }

  /** Inside the unit that makes the change, so that neither is ever there without the other. */
  Future<Void> append(SqlConnection connection, AuditEntry entry) {
    return connection
        .preparedQuery(
            """
            insert into audit (at, principal, action, subject, outcome, detail)
            values (?, ?, ?, ?, ?, ?)""")
        .execute(
            Tuple.of(
                Millis.of(entry.at()),
                entry.principal(),
                entry.action().text(),
                entry.subject(),
                entry.outcome().text(),
                entry.detail().text()))
        .mapEmpty();
  }

  /** Newest first. */
  public Future<AuditPage> page(ListAudit ask) {
    var before = ask.before() == null ? Long.MAX_VALUE : ask.before();
    return database
        .read(
            """
            select seq, at, principal, action, subject, outcome, detail from audit
            where seq < ? order by seq desc limit ?""",
            Tuple.of(before, ask.limit()))
        .map(
            rows -> {
              var page = new ArrayList<AuditRow>();
              rows.forEach(row -> page.add(read(row)));
              var full = page.size() == ask.limit();
              return new AuditPage(page, full ? page.get(page.size() - 1).seq() : null);
            });
  }

  private static AuditRow read(Row row) {
    return new AuditRow(
        row.getLong("seq"),
        Millis.read(row, "at"),
        row.getString("principal"),
        row.getString("action"),
        row.getString("subject"),
        row.getString("outcome"),
        row.getString("detail"));
  }
}

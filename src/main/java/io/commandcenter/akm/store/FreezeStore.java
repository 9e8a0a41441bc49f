package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.PanicCalls.FreezeInfo;
import io.commandcenter.akm.contract.PanicCalls.LeasePage;
import io.commandcenter.akm.contract.PanicCalls.LeaseUse;
import io.commandcenter.akm.contract.PanicCalls.ListLeases;
import io.commandcenter.akm.core.keys.FreezeScope;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a panic has frozen; each change commits with the audit rows of every key it touches. */
public final class FreezeStore {
  private final Database database;
  private final AuditStore audit;

  public FreezeStore(Database database, AuditStore audit) {
    this.database = database;
    this.audit = audit;
  }

  /** The oldest first. */
  public Future<List<FreezeInfo>> all() {
    return database
        .read("select scope, at, principal, reason from freeze order by at, scope", Tuple.tuple())
        .map(rows -> rows.stream().map(FreezeStore::freeze).toList());
  }

  private static FreezeInfo freeze(Row row) {
    return new FreezeInfo(
        row.getString("scope"),
        Millis.read(row, "at"),
        row.getString("principal"),
        row.getString("reason"));
  }

  /**
   * Freezes; a scope that is frozen already stays as it is, but is noted again.
   *
   * @param reason null if none was given
   * @param entries the audit rows for the keys that it lies over
   * @return those keys, frozen
   */
  public Future<List<KeyRow>> freeze(
      FreezeScope scope,
      Instant at,
      String principal,
      String reason,
      Function<List<KeyRow>, List<AuditEntry>> entries) {
    return database.write(
        connection ->
            connection
                .preparedQuery(
                    """
                    insert into freeze (scope, at, principal, reason) values (?, ?, ?, ?)
                    on conflict do nothing""")
                .execute(Tuple.of(scope.text(), Millis.of(at), principal, reason))
                .compose(done -> noted(connection, scope, entries)));
  }

  /** Empty if it was not frozen; else the keys that it lay over. */
  public Future<Optional<List<KeyRow>>> thaw(
      FreezeScope scope, Function<List<KeyRow>, List<AuditEntry>> entries) {
    return database.write(
        connection ->
            connection
                .preparedQuery("delete from freeze where scope = ? returning scope")
                .execute(Tuple.of(scope.text()))
                .compose(
                    gone ->
                        gone.size() == 0
                            ? Future.succeededFuture(Optional.empty())
                            : noted(connection, scope, entries).map(Optional::of)));
  }

  private Future<List<KeyRow>> noted(
      SqlConnection connection,
      FreezeScope scope,
      Function<List<KeyRow>, List<AuditEntry>> entries) {
    return connection
        .preparedQuery(
            KeyRow.SELECT
                + "where state <> 'revoked' and ? in ('all', 'provider:' || provider, 'key:' || id)"
                + " order by created_at, id")
        .execute(Tuple.of(scope.text()))
        .map(rows -> rows.stream().map(KeyRow::read).toList())
        .compose(
            keys -> {
              Future<Void> written = Future.succeededFuture();
              for (var entry : entries.apply(keys)) {
                written = written.compose(before -> audit.append(connection, entry));
              }
              return written.map(keys);
            });
  }

  /** For a key that no table holds: notes its release unless it is frozen. */
  public Future<Boolean> release(KeyRow key, AuditEntry entry) {
    return database.write(
        connection ->
            connection
                .preparedQuery(
                    """
                    select 1 from freeze
                    where scope in ('all', 'provider:' || ?, 'key:' || ?)""")
                .execute(Tuple.of(key.provider(), key.id()))
                .compose(
                    frozen ->
                        frozen.size() > 0
                            ? Future.succeededFuture(false)
                            : audit.append(connection, entry).map(true)));
  }

  /** The leases of these keys, as the audit log has them, newest first. */
  public Future<LeasePage> leases(ListLeases ask) {
    return database
        .read(
            """
            select seq, subject, at, principal, outcome, detail from audit
            where action = 'key.lease' and subject in (select value from json_each(?))
              and at >= ? and seq < ?
            order by seq desc limit ?""",
            Tuple.of(
                new JsonArray(ask.keyIds()).encode(),
                Millis.of(ask.since()),
                ask.before() == null ? Long.valueOf(Long.MAX_VALUE) : ask.before(),
                ask.limit()))
        .map(
            rows -> {
              var page = rows.stream().map(FreezeStore::lease).toList();
              var full = page.size() == ask.limit();
              return new LeasePage(page, full ? page.get(page.size() - 1).seq() : null);
            });
  }

  private static LeaseUse lease(Row row) {
    return new LeaseUse(
        row.getLong("seq"),
        row.getString("subject"),
        Millis.read(row, "at"),
        row.getString("principal"),
        row.getString("outcome"),
        row.getString("detail"));
  }
}

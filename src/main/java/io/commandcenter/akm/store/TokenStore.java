package io.commandcenter.akm.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Access tokens, without the tokens. Each change commits with its audit row. */
public final class TokenStore {
  private final Database database;
  private final AuditStore audit;

  public TokenStore(Database database, AuditStore audit) {
    this.database = database;
    this.audit = audit;
  }

  /** Oldest first. */
  public Future<List<TokenRow>> list() {
    return database
        .read("select * from token order by created_at, id", Tuple.tuple())
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(TokenRow::read).toList());
  }

  public Future<Boolean> none() {
    return database
        .read("select not exists (select 1 from token) as none", Tuple.tuple())
        .map(rows -> rows.iterator().next().getInteger("none") == 1);
  }

  public Future<Optional<TokenRow>> find(String id) {
    return database.read("select * from token where id = ?", Tuple.of(id)).map(TokenStore::first);
  }

  public Future<Optional<TokenRow>> findMac(byte[] mac) {
    var parameters = Tuple.tuple().addValue(mac);
    return database.read("select * from token where mac = ?", parameters).map(TokenStore::first);
  }

  private static Optional<TokenRow> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(TokenRow.read(rows.iterator().next()));
  }

  public Future<Void> add(TokenRow token, AuditEntry entry) {
    return database.write(
        connection ->
            connection
                .preparedQuery(
                    """
                    insert into token (id, name, scope, mac, created_at, expires_at)
                    values (?, ?, ?, ?, ?, ?)""")
                .execute(
                    Tuple.of(token.id(), token.name(), token.scope().slug())
                        .addValue(token.mac())
                        .addLong(Millis.of(token.createdAt()))
                        .addLong(Millis.of(token.expiresAt())))
                .compose(rows -> audit.append(connection, entry)));
  }

  /** False, and no row, if it was revoked before or never was. */
  public Future<Boolean> revoke(String id, AuditEntry entry) {
    return database.write(
        connection ->
            connection
                .preparedQuery(
                    """
                    update token set revoked_at = ?
                    where id = ? and revoked_at is null returning id""")
                .execute(Tuple.of(Millis.of(entry.at()), id))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture(false)
                            : audit.append(connection, entry).map(true)));
  }

  /** Notes when tokens were last used, many in one commit. */
  public Future<Void> used(Map<String, Instant> lastUse) {
    return database.write(
        connection -> {
          Future<Void> all = Future.succeededFuture();
          for (var use : lastUse.entrySet()) {
            all = all.compose(v -> used(connection, use.getKey(), use.getValue()));
          }
          return all;
        });
  }

  private static Future<Void> used(SqlConnection connection, String id, Instant at) {
    return connection
        .preparedQuery("update token set last_used_at = ? where id = ?")
        .execute(Tuple.of(Millis.of(at), id))
        .mapEmpty();
  }
}

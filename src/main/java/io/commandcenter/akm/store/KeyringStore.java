package io.commandcenter.akm.store;

import io.commandcenter.akm.core.crypto.SealedSecret;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;

/**
 * The vault's identity and its wrapped keyring, one row for each master key that opens it. Every
 * change takes its audit row and commits with it; a change gives false, and leaves no row, if the
 * rows are not (or no longer) as the caller saw them.
 */
public final class KeyringStore {
  static final String GENERATIONS =
      """
      select vault.id, generation, wrapped, canary, kdf, active from vault, keyring
      order by active desc, generation desc""";

  private final Database database;
  private final AuditStore audit;

  public KeyringStore(Database database, AuditStore audit) {
    this.database = database;
    this.audit = audit;
  }

  public Future<Optional<StoredKeyring>> active() {
    return generations().map(all -> all.stream().filter(StoredKeyring::active).findFirst());
  }

  /** Every generation, the active one first; empty before the vault is made. */
  public Future<List<StoredKeyring>> generations() {
    return database
        .read(GENERATIONS, Tuple.tuple())
        .map(rows -> rows.stream().map(KeyringStore::read).toList());
  }

  private static StoredKeyring read(Row row) {
    return new StoredKeyring(
        row.getString("id"),
        row.getInteger("generation"),
        Blob.read(row, "wrapped"),
        Blob.read(row, "canary"),
        row.getString("kdf"),
        row.getInteger("active") == 1);
  }

  /** Whether nothing was ever stored: only then may a vault be made. */
  public Future<Boolean> untouched() {
    return database
        .read(
            """
            select not exists (select 1 from vault) and not exists (select 1 from keyring)
              and not exists (select 1 from provider_key) and not exists (select 1 from token)
              and not exists (select 1 from audit) as untouched""",
            Tuple.tuple())
        .map(rows -> rows.iterator().next().getInteger("untouched") == 1);
  }

  /**
   * Makes the vault; fails if there is one.
   *
   * @param selfTest the first text that it sealed
   */
  public Future<Void> create(StoredKeyring keyring, SealedSecret selfTest, AuditEntry entry) {
    return database.write(
        connection ->
            run(connection, "insert into vault (one, id) values (1, ?)", keyring.vaultId())
                .compose(
                    rows ->
                        run(
                            connection,
                            """
                            insert into keyring (generation, wrapped, canary, kdf, active, created_at)
                            values (?, ?, ?, ?, 1, ?)""",
                            keyring.generation(),
                            keyring.wrapped(),
                            keyring.canary(),
                            keyring.kdf(),
                            Millis.of(entry.at())))
                .compose(rows -> DataKeyStore.putSelfTest(connection, selfTest, entry.at()))
                .compose(rows -> audit.append(connection, entry)));
  }

  /** Puts the next generation beside the active one, over one that was never active. */
  public Future<Boolean> propose(StoredKeyring active, StoredKeyring next, AuditEntry entry) {
    return audit.audited(
        entry,
        connection ->
            changed(
                connection,
                """
                insert into keyring (generation, wrapped, canary, kdf, active, created_at)
                select ?1, ?2, ?3, ?4, 0, ?5
                where exists (select 1 from keyring
                  where generation = ?6 and active = 1 and wrapped = ?7)
                on conflict (generation) do update set
                  wrapped = excluded.wrapped, canary = excluded.canary, kdf = excluded.kdf
                  where active = 0
                returning generation""",
                next.generation(),
                next.wrapped(),
                next.canary(),
                next.kdf(),
                Millis.of(entry.at()),
                active.generation(),
                active.wrapped()));
  }

  /** Makes the next generation the active one; the other row stays until it is forgotten. */
  public Future<Boolean> activate(StoredKeyring active, StoredKeyring next, AuditEntry entry) {
    return audit.audited(
        entry,
        connection ->
            changed(
                    connection,
                    """
                    update keyring set active = 0 where generation = ?1 and active = 1
                      and wrapped = ?2 and exists (select 1 from keyring
                        where generation = ?3 and active = 0 and wrapped = ?4)
                    returning generation""",
                    active.generation(),
                    active.wrapped(),
                    next.generation(),
                    next.wrapped())
                .compose(
                    done ->
                        done
                            ? changed(
                                connection,
                                """
                                update keyring set active = 1 where generation = ?
                                returning generation""",
                                next.generation())
                            : no()));
  }

  /** Deletes a generation that is not the active one. */
  public Future<Boolean> forget(StoredKeyring old, AuditEntry entry) {
    return audit.audited(
        entry,
        connection ->
            changed(
                connection,
                "delete from keyring where generation = ? and active = 0 returning generation",
                old.generation()));
  }

  /**
   * Puts the same generation's keyring in another form; only while there is no other generation,
   * whose keyring would stay behind.
   */
  static Future<Boolean> rewrap(SqlConnection connection, StoredKeyring active, byte[] wrapped) {
    return changed(
        connection,
        """
        update keyring set wrapped = ?1 where generation = ?2 and active = 1 and wrapped = ?3
          and not exists (select 1 from keyring where generation <> ?2)
        returning generation""",
        wrapped,
        active.generation(),
        active.wrapped());
  }

  private static Future<Boolean> no() {
    return Future.succeededFuture(false);
  }

  private static Future<Boolean> changed(SqlConnection connection, String sql, Object... values) {
    return run(connection, sql, values).map(rows -> rows.size() > 0);
  }

  private static Future<RowSet<Row>> run(SqlConnection connection, String sql, Object... values) {
    var parameters = Tuple.tuple();
    for (var value : values) {
      parameters.addValue(value);
    }
    return connection.preparedQuery(sql).execute(parameters);
  }
}

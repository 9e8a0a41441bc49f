package io.commandcenter.akm.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Optional;

/** The vault's identity and its wrapped keyring. */
public final class KeyringStore {
  private final Database database;
  private final AuditStore audit;

  public KeyringStore(Database database, AuditStore audit) {
    this.database = database;
    this.audit = audit;
  }

  public Future<Optional<StoredKeyring>> active() {
    return database
        .read(
            """
            select vault.id, generation, wrapped, canary from vault, keyring where active = 1""",
            Tuple.tuple())
        .map(rows -> rows.size() == 0 ? Optional.empty() : read(rows.iterator().next()));
  }

  private static Optional<StoredKeyring> read(Row row) {
    return Optional.of(
        new StoredKeyring(
            row.getString("id"),
            row.getInteger("generation"),
            Blob.read(row, "wrapped"),
            Blob.read(row, "canary")));
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

  /** Makes the vault; fails if there is one. */
  public Future<Void> create(StoredKeyring keyring, AuditEntry entry) {
    return database.write(
        connection ->
            connection
                .preparedQuery("insert into vault (one, id) values (1, ?)")
                .execute(Tuple.of(keyring.vaultId()))
                .compose(
                    rows ->
                        connection
                            .preparedQuery(
                                """
                                insert into keyring (generation, wrapped, canary, active, created_at)
                                values (?, ?, ?, 1, ?)""")
                            .execute(
                                Tuple.of(
                                    keyring.generation(),
                                    keyring.wrapped(),
                                    keyring.canary(),
                                    Millis.of(entry.at()))))
                .compose(rows -> audit.append(connection, entry)));
  }
}

package io.commandcenter.akm.store;

import io.commandcenter.akm.core.keys.KeyState;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Rotations, and what each of their steps makes of the key and its versions, in one transaction
 * with its audit rows. A step gives false, and changes nothing, if the rotation or the key is no
 * longer as the caller saw it.
 */
public final class RotationStore {
  private static final String RUNNING = "('waiting', 'validating', 'canary', 'draining')";

  private final Database database;
  private final AuditStore audit;

  public RotationStore(Database database, AuditStore audit) {
    this.database = database;
    this.audit = audit;
  }

  public Future<Optional<RotationRow>> find(String id) {
    return rows("select * from rotation where id = ?", Tuple.of(id))
        .map(rows -> rows.stream().findFirst());
  }

  public Future<List<RotationRow>> running() {
    return rows("select * from rotation where state in " + RUNNING, Tuple.tuple());
  }

  /** Of one key, or of all if null; newest first. */
  public Future<List<RotationRow>> list(String keyId, int limit) {
    return rows(
        """
        select * from rotation where ? is null or key_id = ?
        order by started_at desc, id limit ?""",
        Tuple.of(keyId, keyId, limit));
  }

  /** A number that no version of the key, erased ones included, has had. */
  public Future<Integer> nextVersion(String keyId) {
    return database
        .read("select max(version) + 1 as next from key_version where key_id = ?", Tuple.of(keyId))
        .map(rows -> rows.iterator().next().getInteger("next"));
  }

  /** One that waits for its secret. */
  public Future<Boolean> expect(RotationRow row, AuditEntry entry) {
    return audited(connection -> RotationRows.insert(connection, row), entry);
  }

  /**
   * Seals the new version in.
   *
   * @param waited whether the rotation is there already, waiting
   * @param mintedId the provider's name of the new key, or null
   */
  public Future<Boolean> begin(
      RotationRow row, boolean waited, KeyVersion candidate, String mintedId, AuditEntry entry) {
    return audited(
        connection ->
            (waited
                    ? RotationRows.update(connection, row, "waiting")
                    : RotationRows.insert(connection, row))
                .compose(
                    done ->
                        done
                            ? KeyStore.insert(connection, candidate, entry.at())
                                .compose(v -> minted(connection, candidate, mintedId))
                            : no()),
        entry);
  }

  private static Future<Boolean> minted(
      SqlConnection connection, KeyVersion version, String mintedId) {
    return mintedId == null
        ? Future.succeededFuture(true)
        : RotationRows.changed(
            connection,
            "update key_version set minted_id = ? where key_id = ? and version = ? returning 1",
            Tuple.of(mintedId, version.keyId(), version.version()));
  }

  /** A step that leaves the key and its versions alone. */
  public Future<Boolean> move(RotationRow before, RotationRow after, AuditEntry entry) {
    return audited(
        connection -> RotationRows.update(connection, after, before.state().slug()), entry);
  }

  /** The new version becomes current, the old one drains. */
  public Future<Boolean> shift(
      RotationRow before, RotationRow after, KeyRow key, KeyState next, AuditEntry... entries) {
    var face = after.after();
    return audited(
        connection ->
            ifKey(
                    connection,
                    before,
                    """
                    update provider_key set state = ?, version = ?, masked = ?, fingerprint = ?,
                      env_var = ?, rotated_at = ?, expires_at = null, last_validated_at = null""",
                    key.version(),
                    key.state(),
                    Tuple.of(next.slug(), after.rotation().to(), face.masked())
                        .addString(face.fingerprint())
                        .addString(face.envVar())
                        .addLong(Millis.of(after.changedAt())))
                .compose(
                    done ->
                        done
                            ? all(
                                List.of(
                                    RotationRows.update(connection, after, before.state().slug()),
                                    state(connection, after, after.rotation().to(), "active"),
                                    drain(connection, after)))
                            : no()),
        entries);
  }

  private static Future<Boolean> drain(SqlConnection connection, RotationRow row) {
    return RotationRows.changed(
        connection,
        """
        update key_version set state = 'draining', drains_at = ?
        where key_id = ? and version = ? returning 1""",
        Tuple.of(Millis.of(row.rotation().dueAt()), row.keyId(), row.rotation().from()));
  }

  /** The old version is erased. */
  public Future<Boolean> finish(RotationRow before, RotationRow after, AuditEntry... entries) {
    return audited(
        connection ->
            RotationRows.update(connection, after, before.state().slug())
                .compose(done -> done ? erase(connection, after, after.rotation().from()) : no()),
        entries);
  }

  /** The new version, never current, is erased. */
  public Future<Boolean> drop(RotationRow before, RotationRow after, AuditEntry... entries) {
    return audited(
        connection ->
            RotationRows.update(connection, after, before.state().slug())
                .compose(
                    done ->
                        done && after.rotation().to() != null
                            ? erase(connection, after, after.rotation().to())
                            : Future.succeededFuture(done)),
        entries);
  }

  /** The old version is current again, the new one is erased. */
  public Future<Boolean> undo(
      RotationRow before, RotationRow after, KeyRow key, AuditEntry... entries) {
    var face = after.before();
    return audited(
        connection ->
            ifKey(
                    connection,
                    before,
                    """
                    update provider_key set version = ?, masked = ?, fingerprint = ?, env_var = ?,
                      rotated_at = ?, expires_at = ?, last_validated_at = null""",
                    key.version(),
                    key.state(),
                    Tuple.of(after.rotation().from(), face.masked(), face.fingerprint())
                        .addString(face.envVar())
                        .addLong(Millis.of(face.rotatedAt()))
                        .addLong(Millis.of(face.expiresAt())))
                .compose(
                    done ->
                        done
                            ? all(
                                List.of(
                                    RotationRows.update(connection, after, before.state().slug()),
                                    state(connection, after, after.rotation().from(), "active"),
                                    erase(connection, after, after.rotation().to())))
                            : no()),
        entries);
  }

  /** Both are as the caller saw them, or nothing is changed. */
  private static Future<Boolean> ifKey(
      SqlConnection connection,
      RotationRow row,
      String set,
      int version,
      KeyState state,
      Tuple values) {
    return RotationRows.changed(
        connection,
        set
            + "\n"
            + """
             where id = ? and version = ? and state = ?
              and exists (select 1 from rotation where id = ? and state = ?) returning 1""",
        values
            .addString(row.keyId())
            .addInteger(version)
            .addString(state.slug())
            .addString(row.id())
            .addString(row.state().slug()));
  }

  private static Future<Boolean> state(
      SqlConnection connection, RotationRow row, int version, String state) {
    return RotationRows.changed(
        connection,
        """
        update key_version set state = ?, drains_at = null
        where key_id = ? and version = ? returning 1""",
        Tuple.of(state, row.keyId(), version));
  }

  private static Future<Boolean> erase(SqlConnection connection, RotationRow row, int version) {
    return RotationRows.changed(
        connection,
        """
        update key_version set state = 'revoked', ciphertext = null, drains_at = null
        where key_id = ? and version = ? returning 1""",
        Tuple.of(row.keyId(), version));
  }

  private static Future<Boolean> all(List<Future<Boolean>> steps) {
    return Future.all(steps).map(true);
  }

  private Future<Boolean> audited(
      Function<SqlConnection, Future<Boolean>> change, AuditEntry... entries) {
    return database.write(
        connection ->
            change
                .apply(connection)
                .compose(done -> done ? append(connection, List.of(entries)) : no()));
  }

  private Future<Boolean> append(SqlConnection connection, List<AuditEntry> entries) {
    Future<Void> appended = Future.succeededFuture();
    for (var entry : entries) {
      appended = appended.compose(v -> audit.append(connection, entry));
    }
    return appended.map(true);
  }

  private static Future<Boolean> no() {
    return Future.succeededFuture(false);
  }

  private Future<List<RotationRow>> rows(String sql, Tuple parameters) {
    return database
        .read(sql, parameters)
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false).map(RotationRow::read).toList());
  }
}

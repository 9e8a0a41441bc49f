package io.commandcenter.akm.store;

import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.store.NoticeStore.NoticeRow;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/**
 * Keys and their sealed versions. Every change takes its audit row and commits with it; a change
 * gives false, and leaves no row, if the key is not (or no longer) as the caller saw it.
 */
public final class KeyStore {
  /** A running rotation erases its old version itself. */
  private static final String LEFT_TO_DRAIN =
      """
      state = 'draining' and not exists (select 1 from rotation
        where rotation.key_id = key_version.key_id and rotation.state = 'draining')""";

  private final Database database;
  private final AuditStore audit;

  public KeyStore(Database database, AuditStore audit) {
    this.database = database;
    this.audit = audit;
  }

  /** Oldest first, revoked ones too. */
  public Future<List<KeyRow>> list() {
    return rows(KeyRow.SELECT + "order by created_at, id", Tuple.tuple());
  }

  public Future<Optional<KeyRow>> find(String id) {
    return rows(KeyRow.SELECT + "where id = ?", Tuple.of(id)).map(KeyStore::first);
  }

  /** The key that has the label now; revoked ones have none. */
  public Future<Optional<KeyRow>> findLabel(String provider, String label) {
    return rows(
            KeyRow.SELECT + "where provider = ? and label = ? and state <> 'revoked'",
            Tuple.of(provider, label))
        .map(KeyStore::first);
  }

  public Future<Optional<KeyVersion>> version(String keyId, int version) {
    return database
        .read(
            "select * from key_version where key_id = ? and version = ?", Tuple.of(keyId, version))
        .map(rows -> rows.size() == 0 ? Optional.empty() : Optional.of(version(rows)));
  }

  private static KeyVersion version(RowSet<Row> rows) {
    return KeyVersion.read(rows.iterator().next());
  }

  /** False if the label is taken. */
  public Future<Boolean> add(KeyRow key, KeyVersion first, AuditEntry entry) {
    return audit.audited(
        entry,
        connection ->
            changed(
                    connection,
                    """
                    insert into provider_key (id, provider, label, state, version, weight, masked,
                      fingerprint, env_var, purpose, owner, tags, max_age_days, created_at,
                      expires_at)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict do nothing returning id""",
                    Tuple.of(key.id(), key.provider(), key.label(), key.state().slug())
                        .addInteger(key.version())
                        .addInteger(key.weight())
                        .addString(key.masked())
                        .addString(key.fingerprint())
                        .addString(key.envVar())
                        .addString(key.about().purpose().slug())
                        .addString(key.about().owner())
                        .addString(String.join(" ", key.about().tags()))
                        .addInteger(key.about().maxAgeDays())
                        .addLong(Millis.of(key.createdAt()))
                        .addLong(Millis.of(key.expiresAt())))
                .compose(added -> added ? insert(connection, first, key.createdAt()) : no()));
  }

  /** Inside the unit of the change that brings it. */
  static Future<Boolean> insert(SqlConnection connection, KeyVersion version, Instant createdAt) {
    return changed(
            connection,
            """
        insert into key_version (key_id, version, state, ciphertext, data_key_id, origin_hash,
          created_at)
        values (?, ?, ?, ?, ?, ?, ?) returning key_id""",
            Tuple.of(version.keyId(), version.version(), version.state().slug())
                .addValue(version.sealed().blob())
                .addLong(version.sealed().dataKeyId())
                .addString(version.originHash())
                .addLong(Millis.of(createdAt)))
        .compose(
            done ->
                DataKeyStore.count(connection, version.sealed().dataKeyId(), 1, createdAt)
                    .map(done));
  }

  /**
   * Whatever it becomes, its rest is over.
   *
   * @param ofVersion what becomes of the key's current version
   */
  public Future<Boolean> change(KeyRow key, KeyState next, KeyState ofVersion, AuditEntry entry) {
    return audit.audited(entry, connection -> change(connection, key, next, ofVersion));
  }

  /** Writes down that a key's date has passed, with what people must hear of it. */
  public Future<Boolean> expire(KeyRow key, NoticeRow notice, AuditEntry entry) {
    return audit.audited(
        entry,
        connection ->
            change(connection, key, KeyState.EXPIRED, KeyState.ACTIVE)
                .compose(
                    done -> done ? NoticeStore.add(connection, notice).map(told -> true) : no()));
  }

  private static Future<Boolean> change(
      SqlConnection connection, KeyRow key, KeyState next, KeyState ofVersion) {
    return changed(
            connection,
            """
            update provider_key set state = ?, cooling_until = null
            where id = ? and version = ? and state = ? returning id""",
            Tuple.of(next.slug(), key.id(), key.version(), key.state().slug()))
        .compose(
            done ->
                done
                    ? changed(
                        connection,
                        """
                        update key_version set state = ?
                        where key_id = ? and version = ? returning key_id""",
                        Tuple.of(ofVersion.slug(), key.id(), key.version()))
                    : no());
  }

  /** Erases every version's ciphertext; the record stays. */
  public Future<Boolean> revoke(KeyRow key, AuditEntry entry) {
    return audit.audited(
        entry,
        connection ->
            changed(
                    connection,
                    """
                    update provider_key set state = 'revoked'
                    where id = ? and state <> 'revoked' returning id""",
                    Tuple.of(key.id()))
                .compose(
                    done ->
                        done
                            ? changed(
                                connection,
                                """
                                update key_version set state = 'revoked', ciphertext = null
                                where key_id = ? returning key_id""",
                                Tuple.of(key.id()))
                            : no()));
  }

  /** Notes a release of the secret: true only while the key is as the caller saw it. */
  public Future<Boolean> release(KeyRow key, AuditEntry entry) {
    return audit.audited(
        entry,
        connection ->
            changed(
                connection,
                """
                update provider_key set last_used_at = ?
                where id = ? and version = ? and state = ?
                  and not exists (select 1 from freeze where scope in
                    ('all', 'provider:' || provider, 'key:' || id)) returning id""",
                Tuple.of(Millis.of(entry.at()), key.id(), key.version(), key.state().slug())));
  }

  /**
   * The same for a version that is not current: true only while both are as the caller saw them.
   */
  public Future<Boolean> release(KeyRow key, KeyVersion other, AuditEntry entry) {
    return audit.audited(
        entry,
        connection ->
            changed(
                connection,
                """
                update provider_key set last_used_at = ?
                where id = ? and state = ? and exists (select 1 from key_version
                  where key_id = ? and version = ? and state = ?) returning id""",
                Tuple.of(Millis.of(entry.at()), key.id(), key.state().slug(), key.id())
                    .addInteger(other.version())
                    .addString(other.state().slug())));
  }

  /** Keys whose date of expiry has passed without a change of their state. */
  public Future<List<KeyRow>> pastExpiry(Instant now) {
    return rows(
        KeyRow.SELECT + "where expires_at <= ? and state in ('active', 'cooling', 'disabled')",
        Tuple.of(Millis.of(now)));
  }

  /** Old versions of no running rotation whose grace period has passed. */
  public Future<List<KeyVersion>> drained(Instant now) {
    return database
        .read(
            "select * from key_version where drains_at <= ? and " + LEFT_TO_DRAIN,
            Tuple.of(Millis.of(now)))
        .map(
            rows -> StreamSupport.stream(rows.spliterator(), false).map(KeyVersion::read).toList());
  }

  public Future<Boolean> erase(KeyVersion version, AuditEntry entry) {
    return audit.audited(
        entry,
        connection ->
            changed(
                connection,
                """
                update key_version set state = 'revoked', ciphertext = null
                where key_id = ? and version = ? and state = 'draining' returning key_id""",
                Tuple.of(version.keyId(), version.version())));
  }

  /** When the next key expires or the next version has drained. */
  public Future<Optional<Instant>> nextDue() {
    return database
        .read(
            """
            select min(due) as due from (
              select min(expires_at) as due from provider_key
              where state in ('active', 'cooling', 'disabled')
              union all
              select min(drains_at) from key_version where\s"""
                + LEFT_TO_DRAIN
                + ")",
            Tuple.tuple())
        .map(rows -> Optional.ofNullable(Millis.read(rows.iterator().next(), "due")));
  }

  private static Future<Boolean> no() {
    return Future.succeededFuture(false);
  }

  private static Future<Boolean> changed(SqlConnection connection, String sql, Tuple parameters) {
    return connection.preparedQuery(sql).execute(parameters).map(rows -> rows.size() > 0);
  }

  private Future<List<KeyRow>> rows(String sql, Tuple parameters) {
    return database
        .read(sql, parameters)
        .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(KeyRow::read).toList());
  }

  private static Optional<KeyRow> first(List<KeyRow> rows) {
    return rows.stream().findFirst();
  }
}

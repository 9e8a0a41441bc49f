package io.commandcenter.akm.store;

import io.commandcenter.akm.core.keys.KeyAbout;
import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;

/**
 * What is said of keys, their rest and their checks. As in {@link KeyStore}, every change commits
 * with its audit row, and gives false if the key is not as the caller saw it.
 */
public final class KeyLifeStore {
  private final Database database;
  private final AuditStore audit;

  public KeyLifeStore(Database database, AuditStore audit) {
    this.database = database;
    this.audit = audit;
  }

  /** The outcome of a change that may meet another key of the label. */
  public enum Update {
    DONE,
    LABEL_TAKEN,
    CHANGED_MEANWHILE
  }

  /**
   * Writes what is said of a key anew.
   *
   * @param after its label, weight, date of expiry, tags, owner and maximum age
   */
  public Future<Update> update(KeyRow before, KeyRow after, AuditEntry entry) {
    return database.write(
        connection ->
            connection
                .preparedQuery(
                    """
                    select 1 from provider_key
                    where provider = ? and label = ? and id <> ? and state <> 'revoked'""")
                .execute(Tuple.of(before.provider(), after.label(), before.id()))
                .compose(
                    taken ->
                        taken.size() > 0
                            ? Future.succeededFuture(Update.LABEL_TAKEN)
                            : connection
                                .preparedQuery(
                                    """
                                    update provider_key set label = ?, weight = ?, expires_at = ?,
                                      owner = ?, tags = ?, max_age_days = ?
                                    where id = ? and version = ? and state = ? returning id""")
                                .execute(said(before, after))
                                .compose(
                                    rows ->
                                        rows.size() == 0
                                            ? Future.succeededFuture(Update.CHANGED_MEANWHILE)
                                            : audit.append(connection, entry).map(Update.DONE))));
  }

  private static Tuple said(KeyRow before, KeyRow after) {
    KeyAbout about = after.about();
    return Tuple.of(after.label(), after.weight())
        .addLong(Millis.of(after.expiresAt()))
        .addString(about.owner())
        .addString(String.join(" ", about.tags()))
        .addInteger(about.maxAgeDays())
        .addString(before.id())
        .addInteger(before.version())
        .addString(before.state().slug());
  }

  /** An active key rests; only while it is of this version. */
  public Future<Boolean> cool(KeyRow key, Instant until, AuditEntry entry) {
    return changed(
        """
        update provider_key set cooling_until = ?, cooling_version = version
        where id = ? and version = ? and state = 'active' returning id""",
        Tuple.of(Millis.of(until), key.id(), key.version()),
        entry);
  }

  /**
   * @param works whether the provider takes the key: then its rest is over
   */
  public Future<Boolean> validated(KeyRow key, boolean works, AuditEntry entry) {
    return changed(
        """
        update provider_key set last_validated_at = ?,
          cooling_until = case when ? then null else cooling_until end
        where id = ? and version = ? returning id""",
        Tuple.of(Millis.of(entry.at()), works ? 1 : 0, key.id(), key.version()),
        entry);
  }

  /** Keys in life that have a date of expiry, the nearest first. */
  public Future<List<KeyRow>> withExpiry() {
    return database
        .read(
            KeyRow.SELECT
                + "where expires_at is not null and state in ('active', 'cooling', 'disabled')"
                + " order by expires_at",
            Tuple.tuple())
        .map(rows -> rows.stream().map(KeyRow::read).toList());
  }

  private Future<Boolean> changed(String sql, Tuple parameters, AuditEntry entry) {
    return audit.audited(
        entry,
        connection ->
            connection.preparedQuery(sql).execute(parameters).map(rows -> rows.size() > 0));
  }
}

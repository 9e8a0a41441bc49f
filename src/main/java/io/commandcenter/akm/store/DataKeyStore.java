package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.SealedSecret;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What each data key has sealed, and how often. */
public final class DataKeyStore {
  // Everything that a data key has sealed stands here: a table with sealed columns of its own must
  // be added, or a rekey would drop the key that opens them.
  private static final String REFERENCES =
      """
      select count(*) filter (where data_key_id = ?) as done, count(*) as total from (
        select data_key_id from key_version where ciphertext is not null
        union all select data_key_id from self_test)""";

  private final Database database;
  private final AuditStore audit;

  public DataKeyStore(Database database, AuditStore audit) {
    this.database = database;
    this.audit = audit;
  }

  /**
   * @param done texts that are sealed with the data key asked about
   * @param total sealed texts
   */
  public record References(long done, long total) {
    public boolean complete() {
      return done == total;
    }
  }

  /** A version sealed once more. */
  public record Resealed(KeyVersion before, SealedSecret after) {}

  /**
   * Counts encryptions inside the unit that stores what they made; UNAVAILABLE if the key was
   * dropped, for what it seals could never be opened.
   */
  static Future<Void> count(SqlConnection connection, long id, long encryptions, Instant at) {
    return connection
        .preparedQuery(
            """
            insert into data_key (id, encryptions, created_at) values (?1, ?2, ?3)
            on conflict (id) do update set encryptions = encryptions + ?2
              where dropped_at is null
            returning id""")
        .execute(Tuple.of(id, encryptions, Millis.of(at)))
        .map(
            rows -> {
              if (rows.size() == 0) {
                throw new Failure(
                    Code.UNAVAILABLE, "the data key was changed at this moment; try again");
              }
              return null;
            });
  }

  /** How often the data key has encrypted. */
  public Future<Long> encryptions(long id) {
    return database
        .read("select encryptions from data_key where id = ?", Tuple.of(id))
        .map(rows -> rows.size() == 0 ? Long.valueOf(0) : rows.iterator().next().getLong(0));
  }

  /** Every id that was ever used, also of dropped keys. */
  public Future<Set<Long>> ids() {
    return database
        .read("select id from data_key", Tuple.tuple())
        .map(rows -> rows.stream().map(row -> row.getLong(0)).collect(Collectors.toSet()));
  }

  public Future<References> references(long id) {
    return database.read(REFERENCES, Tuple.of(id)).map(rows -> read(rows.iterator().next()));
  }

  private static References read(Row row) {
    return new References(row.getLong("done"), row.getLong("total"));
  }

  /** Versions that another data key sealed, in the order of their ids, after the one given. */
  public Future<List<KeyVersion>> sealedByOthers(
      long id, String afterKey, int afterVersion, int limit) {
    return database
        .read(
            """
            select * from key_version
            where ciphertext is not null and data_key_id <> ?
              and (key_id, version) > (?, ?)
            order by key_id, version limit ?""",
            Tuple.of(id, afterKey, afterVersion, limit))
        .map(rows -> rows.stream().map(KeyVersion::read).toList());
  }

  /** Exchanges each ciphertext that is still as it was read; gives how many were. */
  public Future<Integer> reseal(List<Resealed> batch, AuditEntry entry) {
    return database.write(
        connection -> {
          Future<Integer> changed = Future.succeededFuture(0);
          for (var one : batch) {
            changed = changed.compose(sum -> exchange(connection, one).map(n -> sum + n));
          }
          return changed.compose(
              sum ->
                  count(connection, batch.get(0).after().dataKeyId(), batch.size(), entry.at())
                      .compose(counted -> audit.append(connection, entry))
                      .map(sum));
        });
  }

  private static Future<Integer> exchange(SqlConnection connection, Resealed one) {
    return connection
        .preparedQuery(
            """
            update key_version set ciphertext = ?, data_key_id = ?
            where key_id = ? and version = ? and ciphertext = ? returning key_id""")
        .execute(
            Tuple.tuple()
                .addValue(one.after().blob())
                .addLong(one.after().dataKeyId())
                .addString(one.before().keyId())
                .addInteger(one.before().version())
                .addValue(one.before().sealed().blob()))
        .map(rows -> rows.size());
  }

  /** The sealed text of the self-test; empty before the vault's first start. */
  public Future<Optional<SealedSecret>> selfTest() {
    return database
        .read("select ciphertext, data_key_id from self_test", Tuple.tuple())
        .map(
            rows ->
                rows.stream()
                    .findFirst()
                    .map(
                        row ->
                            new SealedSecret(
                                Blob.read(row, "ciphertext"), row.getLong("data_key_id"))));
  }

  public Future<Void> putSelfTest(SealedSecret sealed, AuditEntry entry) {
    return database.write(
        connection ->
            putSelfTest(connection, sealed, entry.at())
                .compose(put -> audit.append(connection, entry)));
  }

  static Future<Void> putSelfTest(SqlConnection connection, SealedSecret sealed, Instant at) {
    return connection
        .preparedQuery(
            """
            insert into self_test (one, ciphertext, data_key_id) values (1, ?1, ?2)
            on conflict (one) do update set ciphertext = ?1, data_key_id = ?2""")
        .execute(Tuple.tuple().addValue(sealed.blob()).addLong(sealed.dataKeyId()))
        .compose(rows -> count(connection, sealed.dataKeyId(), 1, at));
  }

  /** Stores a keyring that has one more data key, or another primary one. */
  public Future<Boolean> change(StoredKeyring active, byte[] wrapped, AuditEntry entry) {
    return database.write(
        connection ->
            KeyringStore.rewrap(connection, active, wrapped)
                .compose(done -> done ? noted(connection, entry) : no()));
  }

  /**
   * Stores a keyring with this data key alone; false while any text is sealed with another. What
   * was sealed with a dropped key and is not stored yet will be refused.
   */
  public Future<Boolean> drop(
      StoredKeyring active, byte[] wrapped, long kept, List<Long> dropped, AuditEntry entry) {
    return database.write(
        connection ->
            connection
                .preparedQuery(REFERENCES)
                .execute(Tuple.of(kept))
                .map(rows -> read(rows.iterator().next()))
                .compose(
                    references ->
                        references.complete()
                            ? KeyringStore.rewrap(connection, active, wrapped)
                            : no())
                .compose(
                    done ->
                        done
                            ? retire(connection, dropped, entry.at())
                                .compose(retired -> noted(connection, entry))
                            : no()));
  }

  private static Future<Void> retire(SqlConnection connection, List<Long> ids, Instant at) {
    Future<Void> retired = Future.succeededFuture();
    for (var id : ids) {
      retired =
          retired.compose(
              before ->
                  connection
                      .preparedQuery(
                          """
                          insert into data_key (id, created_at, dropped_at) values (?1, ?2, ?2)
                          on conflict (id) do update set dropped_at = ?2""")
                      .execute(Tuple.of(id, Millis.of(at)))
                      .mapEmpty());
    }
    return retired;
  }

  private Future<Boolean> noted(SqlConnection connection, AuditEntry entry) {
    return audit.append(connection, entry).map(true);
  }

  private static Future<Boolean> no() {
    return Future.succeededFuture(false);
  }
}

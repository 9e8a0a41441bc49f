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

/** Reads access tokens, without the tokens; {@link TokenChanges} writes them. */
public final class TokenStore {
  private static final int MOST = 5_000;

  private final Database database;
  private final TokenChanges changes;

  public TokenStore(Database database, AuditStore audit) {
    this.database = database;
    changes = new TokenChanges(database, audit);
  }

  public TokenChanges changes() {
    return changes;
  }

  /**
   * Oldest first; of very many, the newest.
   *
   * @param within a token: only it and its descendants; null for all
   * @param since tokens that ended before are left out
   */
  public Future<List<TokenRow>> list(String within, Instant since) {
    return database
        .read(
            """
            with recursive tree (id) as (
              select id from token where id = ?1 or (?1 is null and parent_id is null)
              union all
              select child.id from tree join token child on child.parent_id = tree.id),
            shown as (
              select * from token
              where (?1 is null or id in (select id from tree))
                and coalesce(revoked_at, expires_at, ?2) >= ?2
                and coalesce(expires_at, ?2) >= ?2
              order by created_at desc, id desc limit ?3)
            select * from shown order by created_at, id""",
            Tuple.of(within, Millis.of(since), MOST))
        .map(TokenStore::rows);
  }

  /** Direct children, as in the list. */
  public Future<List<TokenRow>> children(String id, Instant since) {
    return database
        .read(
            """
            select * from token
            where parent_id = ? and expires_at >= ? and coalesce(revoked_at, expires_at) >= ?
            order by created_at, id limit ?""",
            Tuple.of(id, Millis.of(since), Millis.of(since), MOST))
        .map(TokenStore::rows);
  }

  private static List<TokenRow> rows(RowSet<Row> rows) {
    return StreamSupport.stream(rows.spliterator(), false).map(TokenRow::read).toList();
  }

  public Future<Boolean> none() {
    return database
        .read("select not exists (select 1 from token) as none", Tuple.tuple())
        .map(rows -> rows.iterator().next().getInteger("none") == 1);
  }

  public Future<Optional<TokenRow>> find(String id) {
    return database
        .read("select * from token where id = ?", Tuple.of(id))
        .map(rows -> rows(rows).stream().findFirst());
  }

  /** The token and its ancestors, itself first; empty if there is none. */
  public Future<List<TokenRow>> chain(String id) {
    return database
        .read(
            """
            with recursive chain (id, distance) as (
              select id, 0 from token where id = ?
              union all
              select token.parent_id, distance + 1 from chain join token on token.id = chain.id
              where token.parent_id is not null and distance < 16)
            select token.* from chain join token on token.id = chain.id order by distance""",
            Tuple.of(id))
        .map(TokenStore::rows);
  }

  /**
   * A token found by its secret.
   *
   * @param chain itself first, then its ancestors
   * @param mac as it is stored
   * @param endsAt of a secret from before a rotation; null for the present one
   */
  public record Found(List<TokenRow> chain, byte[] mac, Instant endsAt) {
    public Found {
      chain = List.copyOf(chain);
      mac = mac.clone();
    }

    @Override
    public byte[] mac() {
      return mac.clone();
    }

    public TokenRow token() {
      return chain.get(0);
    }
  }

  public Future<Optional<Found>> findMac(byte[] mac) {
    return database
        .read(
            """
            with recursive found (id, mac, ends_at) as (
              select id, mac, null from token where mac = ?1
              union all
              select token_id, mac, ends_at from token_former where mac = ?1),
            chain (id, distance) as (
              select id, 0 from found
              union all
              select token.parent_id, distance + 1 from chain join token on token.id = chain.id
              where token.parent_id is not null and distance < 16)
            select token.*, (select mac from found) as found_mac,
              (select ends_at from found) as found_ends_at
            from chain join token on token.id = chain.id order by distance""",
            Tuple.tuple().addValue(mac))
        .map(TokenStore::found);
  }

  private static Optional<Found> found(RowSet<Row> rows) {
    return rows.stream()
        .findFirst()
        .map(
            first ->
                new Found(
                    rows(rows),
                    Blob.read(first, "found_mac"),
                    Millis.read(first, "found_ends_at")));
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

package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.TokenLimits;
import io.commandcenter.akm.core.money.Usd;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Makes and ends tokens; each change commits with its audit rows. */
public final class TokenChanges {
  private final Database database;
  private final AuditStore audit;

  TokenChanges(Database database, AuditStore audit) {
    this.database = database;
    this.audit = audit;
  }

  /** What became of a child that was to be made. */
  public enum Added {
    YES,
    TOO_MANY_CHILDREN,
    PARENT_ENDED
  }

  public Future<Void> add(TokenRow token, AuditEntry entry) {
    return database.write(
        connection ->
            insert(connection, token, Long.MAX_VALUE, entry.at())
                .compose(inserted -> audit.append(connection, entry)));
  }

  /** Adds a child, unless its parent has ended or has that many living children already. */
  public Future<Added> addChild(TokenRow token, int most, AuditEntry entry) {
    return database.write(
        connection ->
            insert(connection, token, most, entry.at())
                .compose(
                    inserted ->
                        inserted
                            ? audit.append(connection, entry).map(Added.YES)
                            : living(connection, token.parentId(), entry.at())
                                .map(
                                    count ->
                                        count >= most
                                            ? Added.TOO_MANY_CHILDREN
                                            : Added.PARENT_ENDED)));
  }

  /** One statement: whoever revokes the parent comes before it or takes the child with it. */
  private static Future<Boolean> insert(
      SqlConnection connection, TokenRow token, long most, Instant now) {
    var limits = token.limits();
    return connection
        .preparedQuery(
            """
            insert into token (id, name, scope, mac, created_at, expires_at, parent_id, tasks,
              models, providers, requests_per_minute, max_nanos, max_day_nanos, max_month_nanos)
            select ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14
            where ?15 > (
              select count(*) from token
              where parent_id = ?7 and expires_at > ?16 and revoked_at is null)
            and not exists (
              select 1 from token
              where id = ?7 and (revoked_at is not null or expires_at <= ?16))
            returning id""")
        .execute(
            Tuple.from(
                Arrays.asList(
                    token.id(),
                    token.name(),
                    token.scope().slug(),
                    token.mac(),
                    Millis.of(token.createdAt()),
                    Millis.of(token.expiresAt()),
                    token.parentId(),
                    String.join(" ", limits.tasks()),
                    String.join(" ", limits.models()),
                    String.join(" ", limits.providers()),
                    limits.requestsPerMinute(),
                    nanos(limits, TokenLimits::maxUsd),
                    nanos(limits, TokenLimits::maxUsdPerDay),
                    nanos(limits, TokenLimits::maxUsdPerMonth),
                    most,
                    Millis.of(now))))
        .map(rows -> rows.size() == 1);
  }

  private static Long nanos(TokenLimits limits, Function<TokenLimits, BigDecimal> dollars) {
    var value = dollars.apply(limits);
    return value == null ? null : Usd.toNanos(value);
  }

  private static Future<Long> living(SqlConnection connection, String parent, Instant now) {
    return connection
        .preparedQuery(
            """
            select count(*) as living from token
            where parent_id = ? and expires_at > ? and revoked_at is null""")
        .execute(Tuple.of(parent, Millis.of(now)))
        .map(rows -> rows.iterator().next().getLong("living"));
  }

  /** A token that was ended. */
  public record Ended(String id, String name, Scope scope) {}

  /**
   * Ends a token and every descendant that is not ended yet, each with a row of its own.
   *
   * @return those that were ended now, the token itself first if it is one of them
   */
  public Future<List<Ended>> revokeTree(
      String id, Instant at, Function<Ended, AuditEntry> entryOf) {
    return database.write(
        connection ->
            connection
                .preparedQuery(
                    """
                    with recursive tree (id) as (
                      select ?1
                      union all
                      select child.id from tree join token child on child.parent_id = tree.id)
                    update token set revoked_at = ?2
                    where id in (select id from tree) and revoked_at is null
                    returning id, name, scope""")
                .execute(Tuple.of(id, Millis.of(at)))
                .map(
                    rows ->
                        rows.stream()
                            .map(TokenChanges::ended)
                            .sorted((a, b) -> Boolean.compare(b.id().equals(id), a.id().equals(id)))
                            .toList())
                .compose(ended -> appendAll(connection, ended, entryOf)));
  }

  private static Ended ended(Row row) {
    return new Ended(row.getString(0), row.getString(1), Scope.ofSlug(row.getString(2)));
  }

  private Future<List<Ended>> appendAll(
      SqlConnection connection, List<Ended> ended, Function<Ended, AuditEntry> entryOf) {
    Future<Void> all = Future.succeededFuture();
    for (var each : ended) {
      all = all.compose(v -> audit.append(connection, entryOf.apply(each)));
    }
    return all.map(ended);
  }

  /**
   * Gives the token another secret. Its earlier secrets end when the old one does, or before.
   *
   * @return false, and nothing changed, if the token has ended or has another secret meanwhile
   */
  public Future<Boolean> rotate(TokenRow token, byte[] mac, Instant oldEnds, AuditEntry entry) {
    return database.write(
        connection ->
            connection
                .preparedQuery(
                    """
                    update token set mac = ?1
                    where id = ?2 and mac = ?3 and revoked_at is null returning id""")
                .execute(Tuple.tuple().addValue(mac).addValue(token.id()).addValue(token.mac()))
                .compose(
                    rows ->
                        rows.size() == 0
                            ? Future.succeededFuture(false)
                            : keepFormer(connection, token, oldEnds, entry.at())
                                .compose(v -> audit.append(connection, entry))
                                .map(true)));
  }

  private static Future<Void> keepFormer(
      SqlConnection connection, TokenRow token, Instant ends, Instant now) {
    return connection
        .preparedQuery("delete from token_former where token_id = ? and ends_at <= ?")
        .execute(Tuple.of(token.id(), Millis.of(now)))
        .compose(
            v ->
                connection
                    .preparedQuery(
                        "update token_former set ends_at = min(ends_at, ?) where token_id = ?")
                    .execute(Tuple.of(Millis.of(ends), token.id())))
        .compose(
            v ->
                connection
                    .preparedQuery(
                        "insert into token_former (mac, token_id, ends_at) values (?, ?, ?)")
                    .execute(
                        Tuple.tuple()
                            .addValue(token.mac())
                            .addValue(token.id())
                            .addValue(Millis.of(ends))))
        .mapEmpty();
  }
}

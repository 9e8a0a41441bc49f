package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.UsageCalls.Hold;
import io.commandcenter.akm.core.grants.SpendLimit;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tokens' limits that holds take part in, kept so that a crash frees and charges all of them. A
 * hold without any costs no statement.
 */
final class HoldShares {
  private record Key(String requestId, int attempt) {}

  private final Map<Key, List<SpendLimit>> shares;

  private HoldShares(Map<Key, List<SpendLimit>> shares) {
    this.shares = shares;
  }

  List<SpendLimit> of(String requestId, int attempt) {
    return shares.getOrDefault(new Key(requestId, attempt), List.of());
  }

  static Future<Void> insert(SqlConnection connection, Hold attempt) {
    Future<Void> all = Future.succeededFuture();
    for (var limit : attempt.limits()) {
      all =
          all.compose(
              v ->
                  connection
                      .preparedQuery(
                          """
                          insert into hold_share (request_id, attempt, token_id, span, limit_nanos)
                          values (?, ?, ?, ?, ?)""")
                      .execute(
                          Tuple.of(
                              attempt.requestId(),
                              attempt.attempt(),
                              limit.token(),
                              limit.window(),
                              limit.limitNanos()))
                      .mapEmpty());
    }
    return all;
  }

  static Future<List<SpendLimit>> delete(SqlConnection connection, Hold attempt) {
    if (attempt.limits().isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return connection
        .preparedQuery(
            """
            delete from hold_share where request_id = ? and attempt = ?
            returning token_id, span, limit_nanos""")
        .execute(Tuple.of(attempt.requestId(), attempt.attempt()))
        .map(rows -> rows.stream().map(HoldShares::limit).toList());
  }

  static Future<HoldShares> ofOtherBoots(Database database, String bootId) {
    return database
        .read(
            """
            select share.token_id, share.span, share.limit_nanos, share.request_id, share.attempt
            from hold_share share join budget_hold hold
              on hold.request_id = share.request_id and hold.attempt = share.attempt
            where hold.boot_id <> ?""",
            Tuple.of(bootId))
        .map(
            rows ->
                new HoldShares(
                    rows.stream()
                        .collect(
                            Collectors.groupingBy(
                                row -> new Key(row.getString(3), row.getInteger(4)),
                                Collectors.mapping(HoldShares::limit, Collectors.toList())))));
  }

  private static SpendLimit limit(Row row) {
    return new SpendLimit(row.getString(0), row.getString(1), row.getLong(2));
  }
}

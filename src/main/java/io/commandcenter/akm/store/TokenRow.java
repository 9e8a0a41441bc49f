package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.Scope;
import io.commandcenter.akm.contract.TokenLimits;
import io.commandcenter.akm.core.money.Usd;
import io.vertx.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * A token's record.
 *
 * @param mac HMAC-SHA256 of the token; the token itself is stored nowhere
 * @param parentId null if it is nobody's child
 */
public record TokenRow(
    String id,
    String name,
    Scope scope,
    byte[] mac,
    Instant createdAt,
    Instant expiresAt,
    Instant revokedAt,
    Instant lastUsedAt,
    String parentId,
    TokenLimits limits) {
  public TokenRow {
    mac = mac.clone();
  }

  @Override
  public byte[] mac() {
    return mac.clone();
  }

  static TokenRow read(Row row) {
    return new TokenRow(
        row.getString("id"),
        row.getString("name"),
        Scope.ofSlug(row.getString("scope")),
        Blob.read(row, "mac"),
        Millis.read(row, "created_at"),
        Millis.read(row, "expires_at"),
        Millis.read(row, "revoked_at"),
        Millis.read(row, "last_used_at"),
        row.getString("parent_id"),
        limits(row));
  }

  private static TokenLimits limits(Row row) {
    var perMinute = row.getLong("requests_per_minute");
    return new TokenLimits(
        words(row.getString("tasks")),
        words(row.getString("models")),
        words(row.getString("providers")),
        perMinute == null ? null : perMinute.intValue(),
        usd(row.getLong("max_nanos")),
        usd(row.getLong("max_day_nanos")),
        usd(row.getLong("max_month_nanos")));
  }

  private static List<String> words(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  private static BigDecimal usd(Long nanos) {
    return nanos == null ? null : Usd.ofNanos(nanos);
  }
}

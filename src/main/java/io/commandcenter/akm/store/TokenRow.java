package io.commandcenter.akm.store;

import io.commandcenter.akm.contract.Scope;
import io.vertx.sqlclient.Row;
import java.time.Instant;

/**
 * A token's record.
 *
 * @param mac HMAC-SHA256 of the token; the token itself is stored nowhere
 */
public record TokenRow(
    String id,
    String name,
    Scope scope,
    byte[] mac,
    Instant createdAt,
    Instant expiresAt,
    Instant revokedAt,
    Instant lastUsedAt) {
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
        Millis.read(row, "last_used_at"));
  }
}

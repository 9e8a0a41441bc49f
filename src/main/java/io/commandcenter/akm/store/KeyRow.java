package io.commandcenter.akm.store;

import io.commandcenter.akm.core.keys.KeyState;
import io.vertx.sqlclient.Row;
import java.time.Instant;

/**
 * A key's record; its secret is in its versions.
 *
 * @param version the current one
 * @param envVar where it was read from, or null
 */
public record KeyRow(
    String id,
    String provider,
    String label,
    KeyState state,
    int version,
    int weight,
    String masked,
    String fingerprint,
    String envVar,
    Instant createdAt,
    Instant rotatedAt,
    Instant expiresAt,
    Instant lastUsedAt,
    Instant lastValidatedAt) {

  /** The same key in another state. */
  public KeyRow in(KeyState next) {
    return new KeyRow(
        id,
        provider,
        label,
        next,
        version,
        weight,
        masked,
        fingerprint,
        envVar,
        createdAt,
        rotatedAt,
        expiresAt,
        lastUsedAt,
        lastValidatedAt);
  }

  public KeyRow usedAt(Instant at) {
    return new KeyRow(
        id,
        provider,
        label,
        state,
        version,
        weight,
        masked,
        fingerprint,
        envVar,
        createdAt,
        rotatedAt,
        expiresAt,
        at,
        lastValidatedAt);
  }

  public KeyRow validatedAt(Instant at) {
    return new KeyRow(
        id,
        provider,
        label,
        state,
        version,
        weight,
        masked,
        fingerprint,
        envVar,
        createdAt,
        rotatedAt,
        expiresAt,
        lastUsedAt,
        at);
  }

  static KeyRow read(Row row) {
    return new KeyRow(
        row.getString("id"),
        row.getString("provider"),
        row.getString("label"),
        KeyState.ofSlug(row.getString("state")),
        row.getInteger("version"),
        row.getInteger("weight"),
        row.getString("masked"),
        row.getString("fingerprint"),
        row.getString("env_var"),
        Millis.read(row, "created_at"),
        Millis.read(row, "rotated_at"),
        Millis.read(row, "expires_at"),
        Millis.read(row, "last_used_at"),
        Millis.read(row, "last_validated_at"));
  }
}

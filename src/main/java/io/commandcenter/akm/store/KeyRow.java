package io.commandcenter.akm.store;

import io.commandcenter.akm.core.keys.KeyAbout;
import io.commandcenter.akm.core.keys.KeyPurpose;
import io.commandcenter.akm.core.keys.KeyState;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;

/**
 * A key's record; its secret is in its versions.
 *
 * @param version the current one
 * @param envVar where it was read from, or null
 * @param coolingUntil while its provider asked for a rest; null if it did not
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
    KeyAbout about,
    Instant createdAt,
    Instant rotatedAt,
    Instant expiresAt,
    Instant coolingUntil,
    Instant lastUsedAt,
    Instant lastValidatedAt) {

  /** The same key in another state. */
  public KeyRow in(KeyState next) {
    return with(next, coolingUntil, lastUsedAt, lastValidatedAt);
  }

  public KeyRow usedAt(Instant at) {
    return with(state, coolingUntil, at, lastValidatedAt);
  }

  public KeyRow validatedAt(Instant at) {
    return with(state, coolingUntil, lastUsedAt, at);
  }

  /**
   * @param until null if it rests no longer
   */
  public KeyRow coolingUntil(Instant until) {
    return with(state, until, lastUsedAt, lastValidatedAt);
  }

  private KeyRow with(KeyState next, Instant cooling, Instant used, Instant validated) {
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
        about,
        createdAt,
        rotatedAt,
        expiresAt,
        cooling,
        used,
        validated);
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
        new KeyAbout(
            KeyPurpose.ofSlug(row.getString("purpose")),
            row.getString("owner"),
            tags(row.getString("tags")),
            row.getInteger("max_age_days")),
        Millis.read(row, "created_at"),
        Millis.read(row, "rotated_at"),
        Millis.read(row, "expires_at"),
        Millis.read(row, "cooling_until"),
        Millis.read(row, "last_used_at"),
        Millis.read(row, "last_validated_at"));
  }

  /** Tags hold no blanks, so one stands between them. */
  static List<String> tags(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}

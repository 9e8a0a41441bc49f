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
 * @param frozen whether a panic lies over it
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
    Instant lastValidatedAt,
    boolean frozen) {
  /** Keys with what lies over them; a condition follows. */
  static final String SELECT =
      """
      select *, exists (select 1 from freeze where scope in
        ('all', 'provider:' || provider, 'key:' || id)) as frozen
      from provider_key\s""";

  /** A key that no panic lies over. */
  public KeyRow(
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
    this(
        id,
        provider,
        label,
        state,
        version,
        weight,
        masked,
        fingerprint,
        envVar,
        about,
        createdAt,
        rotatedAt,
        expiresAt,
        coolingUntil,
        lastUsedAt,
        lastValidatedAt,
        false);
  }

  /** What is shown of its state: expiry and rest lie over what is stored. */
  public KeyState shown(Instant now) {
    return state.shown(now, expiresAt, coolingUntil);
  }

  /** The same key in another state. */
  public KeyRow in(KeyState next) {
    return with(next, coolingUntil, lastUsedAt, lastValidatedAt, frozen);
  }

  public KeyRow usedAt(Instant at) {
    return with(state, coolingUntil, at, lastValidatedAt, frozen);
  }

  public KeyRow validatedAt(Instant at) {
    return with(state, coolingUntil, lastUsedAt, at, frozen);
  }

  /**
   * @param until null if it rests no longer
   */
  public KeyRow coolingUntil(Instant until) {
    return with(state, until, lastUsedAt, lastValidatedAt, frozen);
  }

  public KeyRow frozen(boolean now) {
    return with(state, coolingUntil, lastUsedAt, lastValidatedAt, now);
  }

  private KeyRow with(
      KeyState next, Instant cooling, Instant used, Instant validated, boolean iced) {
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
        validated,
        iced);
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
        cooling(row),
        Millis.read(row, "last_used_at"),
        Millis.read(row, "last_validated_at"),
        row.getLong("frozen") == 1);
  }

  /** A rest is of the version that was told to rest, and of no other. */
  private static Instant cooling(Row row) {
    return row.getLong("version").equals(row.getLong("cooling_version"))
        ? Millis.read(row, "cooling_until")
        : null;
  }

  /** Tags hold no blanks, so one stands between them. */
  static List<String> tags(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }
}

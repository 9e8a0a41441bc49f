package io.commandcenter.akm.store;

import io.commandcenter.akm.core.keys.Rotation;
import io.commandcenter.akm.core.keys.Rotation.Terms;
import io.commandcenter.akm.core.keys.RotationState;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;

/**
 * A rotation as it is kept.
 *
 * @param before what the key shows with its old version; null while waiting
 * @param after what it shows with the new one; null while waiting
 * @param entryId the one-time page, or null
 */
public record RotationRow(
    String id,
    String keyId,
    Rotation rotation,
    Face before,
    Face after,
    String entryId,
    String principal,
    Instant startedAt,
    Instant changedAt) {

  /** What a key's record says of its current version. */
  public record Face(
      String masked, String fingerprint, String envVar, Instant rotatedAt, Instant expiresAt) {
    public static Face of(KeyRow key) {
      return new Face(
          key.masked(), key.fingerprint(), key.envVar(), key.rotatedAt(), key.expiresAt());
    }
  }

  public RotationRow at(Rotation next, Instant now) {
    return new RotationRow(id, keyId, next, before, after, entryId, principal, startedAt, now);
  }

  public RotationState state() {
    return rotation.state();
  }

  static RotationRow read(Row row) {
    return new RotationRow(
        row.getString("id"),
        row.getString("key_id"),
        rotation(row),
        row.getString("old_masked") == null
            ? null
            : new Face(
                row.getString("old_masked"),
                row.getString("old_fingerprint"),
                row.getString("old_env_var"),
                Millis.read(row, "old_rotated_at"),
                Millis.read(row, "old_expires_at")),
        row.getString("new_masked") == null
            ? null
            : new Face(
                row.getString("new_masked"),
                row.getString("new_fingerprint"),
                row.getString("new_env_var"),
                null,
                null),
        row.getString("entry_id"),
        row.getString("principal"),
        Millis.read(row, "started_at"),
        Millis.read(row, "changed_at"));
  }

  private static Rotation rotation(Row row) {
    return new Rotation(
        RotationState.ofSlug(row.getString("state")),
        new Terms(
            row.getInteger("canary_percent"),
            row.getInteger("canary_requests"),
            Duration.ofMillis(row.getLong("canary_ms")),
            Duration.ofMillis(row.getLong("grace_ms"))),
        row.getInteger("from_version"),
        row.getInteger("to_version"),
        row.getLong("spare") == 1,
        0,
        Millis.read(row, "due_at"),
        row.getString("verdict"),
        row.getString("reason"));
  }
}

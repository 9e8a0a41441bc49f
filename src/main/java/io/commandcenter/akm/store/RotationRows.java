package io.commandcenter.akm.store;

import io.commandcenter.akm.store.RotationRow.Face;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;

/** The rows of the table rotation: put in, and changed while they are as the caller saw them. */
final class RotationRows {
  private RotationRows() {}

  static Future<Boolean> insert(SqlConnection connection, RotationRow row) {
    return changed(
        connection,
        """
        insert into rotation (state, to_version, spare, due_at, verdict, reason, changed_at,
          old_masked, old_fingerprint, old_env_var, old_rotated_at, old_expires_at, new_masked,
          new_fingerprint, new_env_var, id, key_id, from_version, canary_percent, canary_requests,
          canary_ms, grace_ms, entry_id, principal, started_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict do nothing returning 1""",
        changing(row)
            .addString(row.id())
            .addString(row.keyId())
            .addInteger(row.rotation().from())
            .addInteger(row.rotation().terms().canaryPercent())
            .addInteger(row.rotation().terms().canaryRequests())
            .addLong(row.rotation().terms().canaryTime().toMillis())
            .addLong(row.rotation().terms().grace().toMillis())
            .addString(row.entryId())
            .addString(row.principal())
            .addLong(Millis.of(row.startedAt())));
  }

  static Future<Boolean> update(SqlConnection connection, RotationRow row, String from) {
    return changed(
        connection,
        """
        update rotation set state = ?, to_version = ?, spare = ?, due_at = ?, verdict = ?,
          reason = ?, changed_at = ?, old_masked = ?, old_fingerprint = ?, old_env_var = ?,
          old_rotated_at = ?, old_expires_at = ?, new_masked = ?, new_fingerprint = ?,
          new_env_var = ?
        where id = ? and state = ? returning 1""",
        changing(row).addString(row.id()).addString(from));
  }

  private static Tuple changing(RotationRow row) {
    var rotation = row.rotation();
    var tuple =
        Tuple.of(row.state().slug(), rotation.to(), rotation.spare() ? 1 : 0)
            .addLong(Millis.of(rotation.dueAt()))
            .addString(rotation.verdict())
            .addString(rotation.reason())
            .addLong(Millis.of(row.changedAt()));
    face(tuple, row.before())
        .addLong(row.before() == null ? null : Millis.of(row.before().rotatedAt()))
        .addLong(row.before() == null ? null : Millis.of(row.before().expiresAt()));
    return face(tuple, row.after());
  }

  private static Tuple face(Tuple tuple, Face face) {
    return face == null
        ? tuple.addString(null).addString(null).addString(null)
        : tuple.addString(face.masked()).addString(face.fingerprint()).addString(face.envVar());
  }

  static Future<Boolean> changed(SqlConnection connection, String sql, Tuple parameters) {
    return connection.preparedQuery(sql).execute(parameters).map(rows -> rows.size() > 0);
  }
}

package io.commandcenter.akm.store;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;

/** Versions that were made by a minter: once they are erased here, they are revoked there. */
public final class MintedKeys {
  private final Database database;
  private final AuditStore audit;

  public MintedKeys(Database database, AuditStore audit) {
    this.database = database;
    this.audit = audit;
  }

  /**
   * @param mintedId the provider's name of the key
   */
  public record Minted(String keyId, String provider, int version, String mintedId) {}

  /** Erased here and still known there. */
  public Future<List<Minted>> retired() {
    return database
        .read(
            """
            select key_id, provider, key_version.version as version, minted_id
            from key_version join provider_key on provider_key.id = key_id
            where minted_id is not null and key_version.state = 'revoked'""",
            Tuple.tuple())
        .map(
            rows ->
                StreamSupport.stream(rows.spliterator(), false)
                    .map(
                        row ->
                            new Minted(
                                row.getString("key_id"),
                                row.getString("provider"),
                                row.getInteger("version"),
                                row.getString("minted_id")))
                    .toList());
  }

  /** The provider knows it no longer. */
  public Future<Void> revoked(Minted minted, AuditEntry entry) {
    return database.write(
        connection ->
            RotationRows.changed(
                    connection,
                    """
                    update key_version set minted_id = null
                    where key_id = ? and version = ? returning 1""",
                    Tuple.of(minted.keyId(), minted.version()))
                .compose(done -> audit.append(connection, entry)));
  }
}

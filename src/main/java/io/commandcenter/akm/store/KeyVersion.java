package io.commandcenter.akm.store;

import io.commandcenter.akm.core.crypto.SealedSecret;
import io.commandcenter.akm.core.keys.KeyState;
import io.vertx.sqlclient.Row;

/**
 * One sealed version of a key.
 *
 * @param sealed null once it is erased
 * @param originHash of the provider's origin it was sealed for
 */
public record KeyVersion(
    String keyId, int version, KeyState state, SealedSecret sealed, String originHash) {

  /** The same version in another state. */
  public KeyVersion in(KeyState next) {
    return new KeyVersion(keyId, version, next, sealed, originHash);
  }

  static KeyVersion read(Row row) {
    var blob = Blob.read(row, "ciphertext");
    return new KeyVersion(
        row.getString("key_id"),
        row.getInteger("version"),
        KeyState.ofSlug(row.getString("state")),
        blob == null ? null : new SealedSecret(blob, row.getLong("data_key_id")),
        row.getString("origin_hash"));
  }
}

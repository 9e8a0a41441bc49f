package io.commandcenter.akm.vault;

import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.MasterKey;
import io.commandcenter.akm.core.crypto.PassphraseKdf;
import io.commandcenter.akm.store.StoredKeyring;
import java.security.SecureRandom;

/**
 * A master key that is to wrap the keyring.
 *
 * @param kdf how a passphrase became it; null for a random key
 */
record NewMaster(MasterKey key, String kdf) implements AutoCloseable {
  /** With a salt of its own if it is a passphrase. */
  static NewMaster of(MasterSecret secret, SecureRandom random) {
    var kdf = secret instanceof MasterSecret.Passphrase ? PassphraseKdf.create(random) : null;
    return new NewMaster(secret.masterOf(kdf).orElseThrow(), kdf == null ? null : kdf.text());
  }

  StoredKeyring wrap(Keyring keyring, String vaultId, int generation, boolean active) {
    return new StoredKeyring(
        vaultId,
        generation,
        keyring.wrap(key, vaultId, generation),
        key.canary(vaultId),
        kdf,
        active);
  }

  @Override
  public void close() {
    key.close();
  }
}

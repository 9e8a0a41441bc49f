package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.AssociatedData;
import io.commandcenter.akm.core.crypto.Keyring;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.core.crypto.SealedSecret;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyVersion;

/**
 * The keyring in force at work: a key's versions are sealed to their row and their provider. A
 * rekey of the data puts another keyring in force while the vault serves.
 */
final class Custody {
  private final String vaultId;
  private final Providers providers;
  private volatile Keyring keyring;

  Custody(Seal.Open open, Providers providers) {
    this.providers = providers;
    vaultId = open.vaultId();
    keyring = open.keyring();
  }

  /** Takes effect with the next seal and the next opening. */
  void turnTo(Keyring next) {
    keyring = next;
  }

  Keyring inForce() {
    return keyring;
  }

  /** False for a row that was read before a rekey dropped the key that sealed it. */
  boolean canOpen(SealedSecret sealed) {
    return keyring.dataKeyIds().contains(sealed.dataKeyId());
  }

  KeyVersion seal(String keyId, String provider, int version, Secret secret) {
    var origin = providers.originHash(provider);
    var place = AssociatedData.ofKeyVersion(vaultId, keyId, version, origin);
    var sealed = keyring.cipher().seal(secret, place);
    return new KeyVersion(keyId, version, KeyState.ACTIVE, sealed, origin);
  }

  /**
   * The plaintext; CONFLICT if the provider has moved since, or the row is not as it was sealed.
   */
  Secret open(KeyRow key, KeyVersion version) {
    var origin = providers.originHash(key.provider());
    if (!origin.equals(version.originHash())) {
      throw new Failure(
          Code.CONFLICT,
          "the provider's endpoint is not the one this key was sealed for; rotate the key to"
              + " confirm the new endpoint");
    }
    var place = AssociatedData.ofKeyVersion(vaultId, key.id(), version.version(), origin);
    return keyring
        .cipher()
        .open(version.sealed().blob(), place)
        .orElseThrow(
            () ->
                new Failure(
                    Code.CONFLICT, "the stored key is damaged or was moved; rotate the key"));
  }

  String fingerprint(Secret secret) {
    return keyring.fingerprint(secret);
  }
}

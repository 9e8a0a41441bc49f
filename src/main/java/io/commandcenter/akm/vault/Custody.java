package io.commandcenter.akm.vault;

import io.commandcenter.akm.contract.Code;
import io.commandcenter.akm.contract.Failure;
import io.commandcenter.akm.core.crypto.AssociatedData;
import io.commandcenter.akm.core.crypto.Seal;
import io.commandcenter.akm.core.crypto.Secret;
import io.commandcenter.akm.core.keys.KeyState;
import io.commandcenter.akm.store.KeyRow;
import io.commandcenter.akm.store.KeyVersion;

/** The open keyring at work: a key's versions are sealed to their row and their provider. */
final class Custody {
  private final Seal.Open open;
  private final Providers providers;

  Custody(Seal.Open open, Providers providers) {
    this.open = open;
    this.providers = providers;
  }

  KeyVersion seal(String keyId, String provider, int version, Secret secret) {
    var origin = providers.originHash(provider);
    var sealed =
        open.keyring()
            .cipher()
            .seal(secret, AssociatedData.ofKeyVersion(open.vaultId(), keyId, version, origin));
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
    var place = AssociatedData.ofKeyVersion(open.vaultId(), key.id(), version.version(), origin);
    return open.keyring()
        .cipher()
        .open(version.sealed().blob(), place)
        .orElseThrow(
            () ->
                new Failure(
                    Code.CONFLICT, "the stored key is damaged or was moved; rotate the key"));
  }

  String fingerprint(Secret secret) {
    return open.keyring().fingerprint(secret);
  }
}

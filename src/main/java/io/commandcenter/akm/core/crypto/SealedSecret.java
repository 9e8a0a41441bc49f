package io.commandcenter.akm.core.crypto;

/**
 * A secret as it is stored.
 *
 * @param blob one format byte, then the Tink ciphertext (prefix, nonce, ciphertext, tag)
 * @param dataKeyId the keyring's key that made it
 */
public record SealedSecret(byte[] blob, long dataKeyId) {
  public SealedSecret {
    blob = blob.clone();
  }

  @Override
  public byte[] blob() {
    return blob.clone();
  }

  @Override
  public String toString() {
    return "SealedSecret[…]";
  }
}

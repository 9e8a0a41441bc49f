package io.commandcenter.akm.store;

/**
 * A keyring row: the keyring as one master key wrapped it.
 *
 * @param canary derived from the master key that wrapped it
 * @param kdf how a passphrase becomes that master key; null if the key is random
 * @param active whether the vault works with it; the other one waits, or is waiting to go
 */
public record StoredKeyring(
    String vaultId, int generation, byte[] wrapped, byte[] canary, String kdf, boolean active) {
  public StoredKeyring {
    wrapped = wrapped.clone();
    canary = canary.clone();
  }

  @Override
  public byte[] wrapped() {
    return wrapped.clone();
  }

  @Override
  public byte[] canary() {
    return canary.clone();
  }

  @Override
  public String toString() {
    return "StoredKeyring[" + generation + "]";
  }
}

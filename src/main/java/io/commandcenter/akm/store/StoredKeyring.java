package io.commandcenter.akm.store;

/**
 * The active keyring row.
 *
 * @param canary derived from the master key that wrapped it
 */
public record StoredKeyring(String vaultId, int generation, byte[] wrapped, byte[] canary) {
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
}

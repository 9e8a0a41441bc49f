package io.commandcenter.akm.core.crypto;

/** Whether the vault could be opened at start. */
public sealed interface Seal {
  record Open(String vaultId, Keyring keyring) implements Seal {}

  /**
   * @param reason one sentence for people: what is missing or wrong, and what to do
   */
  record Sealed(String reason) implements Seal {}
}

package io.commandcenter.akm.testkit;

import io.commandcenter.akm.contract.VaultCalls.KeyInfo;
import java.time.Instant;
import java.util.List;

/** Keys as the vault shows them, for tests that have no vault. */
public final class KeyInfos {
  private KeyInfos() {}

  public static KeyInfo key(
      String id,
      String provider,
      String label,
      String state,
      int version,
      int weight,
      Instant createdAt,
      Instant expiresAt) {
    return new KeyInfo(
        id,
        provider,
        label,
        state,
        "sealed",
        "sk-ant-api03-…x9AA",
        "0123456789abcdef",
        version,
        weight,
        null,
        "inference",
        null,
        List.of(),
        null,
        false,
        null,
        createdAt,
        null,
        expiresAt,
        null,
        null,
        null);
  }
}

package io.commandcenter.akm.core.crypto;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The place a ciphertext belongs to; moved anywhere else it does not open.
 *
 * @param rowId of the key
 * @param version of the secret
 * @param originHash SHA-256 of the provider's canonical origin: a row repointed at another endpoint
 *     must fail instead of sending the key there
 */
public record AssociatedData(
    String purpose,
    String vaultId,
    String table,
    String column,
    String rowId,
    int version,
    String originHash) {

  // One tenant today; the field stands here so that sealed rows stay readable when there are more.
  private static final String TENANT = "default";

  /** Of one version of a provider's key. */
  public static AssociatedData ofKeyVersion(
      String vaultId, String keyId, int version, String originHash) {
    return new AssociatedData(
        "provider-key", vaultId, "key_version", "ciphertext", keyId, version, originHash);
  }

  /** Of the sealed text by which a vault tests itself. */
  public static AssociatedData ofSelfTest(String vaultId) {
    return new AssociatedData("self-test", vaultId, "self_test", "ciphertext", "one", 1, "");
  }

  byte[] bytes(byte format) {
    return LengthPrefixed.join(
        utf8(purpose),
        new byte[] {format},
        utf8(vaultId),
        utf8(table),
        utf8(column),
        utf8(rowId),
        utf8(TENANT),
        ByteBuffer.allocate(Integer.BYTES).putInt(version).array(),
        utf8(originHash));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
